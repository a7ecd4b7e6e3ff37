// Types are in PgTests; here: shapes of results, of errors, and the calling styles.
module.exports = async (check, env) => {
  const { Client, Pool } = require('pg');
  const pg = require('pg');
  const client = new Client({ connectionString: env.DB_CONNECTION_URI });
  await client.connect();
  await client.query('CREATE TEMP TABLE people (id int PRIMARY KEY, name text NOT NULL, born date, note jsonb)');

  await check('insert', async () => {
    const { command, rowCount, rows } = await client.query('INSERT INTO people VALUES ($1, $2, $3, $4)', [1, 'Ada', '1815-12-10', { a: [1] }]);
    return { command, rowCount, rows };
  });
  await check('returning', async () => (await client.query("INSERT INTO people (id, name) VALUES (2, 'Grace') RETURNING id, name")).rows);
  await check('select', async () => (await client.query('SELECT id, name, note FROM people ORDER BY id')).rows);
  await check('row count', async () => (await client.query('SELECT id FROM people')).rowCount);
  await check('fields', async () => (await client.query('SELECT id, name FROM people')).fields.map(({ name, dataTypeID }) => ({ name, dataTypeID })));
  await check('row mode array', async () => (await client.query({ text: 'SELECT id, name FROM people ORDER BY id', rowMode: 'array' })).rows);
  await check('no rows', async () => (await client.query('SELECT id FROM people WHERE id = $1', [9])).rows);
  await check('config object', async () => (await client.query({ text: 'SELECT name FROM people WHERE id = $1', values: [2] })).rows[0]);
  await check('callback', () => new Promise((resolve) => {
    client.query('SELECT name FROM people WHERE id = $1', [1], (error, result) => resolve([error, result.rows]));
  }));
  await check('callback with error', () => new Promise((resolve) => {
    client.query('SELECT * FROM nowhere', (error, result) => resolve([error, result]));
  }));
  await check('unique violation', () => client.query("INSERT INTO people VALUES (1, 'again')"));
  await check('not null violation', () => client.query('INSERT INTO people VALUES (3, NULL)'));
  await check('syntax error', () => client.query('SELEC 1'));
  await check('injection is a value', async () => (await client.query('SELECT count(*) FROM people WHERE name = $1', ["' OR 1=1 --"])).rows);
  await check('parameters of each type', async () => (await client.query(
    'SELECT $1::text AS t, $2::int AS i, $3::bool AS b, $4::bytea AS y, $5::text[] AS a, $6::jsonb AS j, $7::text AS n',
    ['x', 5, true, Buffer.from([0, 255]), ['p', 'q"r'], { k: null }, null],
  )).rows[0]);
  await check('transaction', async () => {
    await client.query('BEGIN');
    await client.query("INSERT INTO people VALUES (5, 'gone')");
    await client.query('ROLLBACK');
    return (await client.query('SELECT count(*)::int AS n FROM people')).rows;
  });
  await check('end', () => client.end());
  await check('query after end', () => client.query('SELECT 1'));

  const pool = new Pool({ connectionString: env.DB_CONNECTION_URI, max: 2 });
  await check('pool query', async () => (await pool.query('SELECT $1::int + 1 AS n', [1])).rows);
  await check('pool client', async () => {
    const leased = await pool.connect();
    try {
      return (await leased.query('SELECT 1 AS one')).rows;
    } finally {
      leased.release();
    }
  });
  await check('pool callback', () => new Promise((resolve) => {
    pool.connect((error, leased, release) => {
      leased.query('SELECT 2 AS two', (failed, result) => { release(); resolve([error, failed, result.rows]); });
    });
  }));
  await check('pool end', () => pool.end());
  await check('pool after end', () => pool.query('SELECT 1'));
  await check('escape', () => [pg.escapeIdentifier('a"b'), pg.escapeLiteral("it's \\ x")]);
  await check('refused', () => new Client({ host: '127.0.0.1', port: 1, user: 'u', database: 'd' }).connect());
};
