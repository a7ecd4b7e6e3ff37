// mysql2/promise: the shapes [rows, fields], and errors as rejections.
module.exports = async (check, env) => {
  const mysql = require('mysql2/promise');
  const base = { host: env.DB_HOST, port: Number(env.DB_PORT), user: env.DB_USERNAME, password: env.DB_PASSWORD, database: env.DB_DATABASE };
  const connection = await mysql.createConnection(base);
  const shape = ([rows, fields]) => [rows, fields && fields.map((field) => field.name)];

  await check('class', () => [connection.constructor.name, connection instanceof mysql.Connection, typeof connection.threadId, connection.config.host]);
  await check('query', async () => shape(await connection.query('SELECT id, vc FROM types WHERE id = ?', [1])));
  await check('execute', async () => shape(await connection.execute('SELECT id, dec_ok FROM (SELECT 1 AS id, 1.50 AS dec_ok) x WHERE id = ?', [1])));
  await check('no values', async () => shape(await connection.query('SELECT 1 AS n')));
  await check('options', async () => shape(await connection.query({ sql: 'SELECT ? AS n', values: [3], rowsAsArray: true })));
  await check('create', async () => { const [ok, fields] = await connection.query('CREATE TEMPORARY TABLE people (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) NOT NULL UNIQUE)'); return [ok.affectedRows, fields]; });
  await check('insert', async () => { const [{ insertId, affectedRows }] = await connection.execute('INSERT INTO people (name) VALUES (?)', ['Ada']); return { insertId, affectedRows }; });
  await check('duplicate', () => connection.execute('INSERT INTO people (name) VALUES (?)', ['Ada']));
  await check('error is an Error', async () => { const error = await connection.query('SELECT * FROM nowhere').catch((e) => e); return [error instanceof Error, error.code, error.errno, error.sqlState, typeof error.sql]; });
  await check('undefined', () => connection.execute('SELECT ?', [undefined]));
  await check('callback', () => connection.query('SELECT 1', () => {}));
  await check('named', async () => { const other = await mysql.createConnection({ ...base, namedPlaceholders: true }); const [rows] = await other.execute('SELECT id FROM types WHERE id = :id', { id: 2 }); await other.end(); return rows; });
  await check('transaction', async () => {
    await connection.beginTransaction();
    await connection.query("INSERT INTO people (name) VALUES ('gone')");
    await connection.rollback();
    return (await connection.query('SELECT name FROM people'))[0];
  });
  await check('commit', async () => { await connection.beginTransaction(); return shape(await connection.commit()).map((part) => part && part.affectedRows); });
  await check('ping', () => connection.ping());
  await check('prepare', async () => { const statement = await connection.prepare('SELECT ? + 1 AS n'); const result = shape(await statement.execute([41])); await statement.close(); return result; });
  await check('escape', () => [connection.escape("x'y"), connection.escapeId('a.b'), connection.format('? ??', [1, 'a']), mysql.escape('x'), mysql.format('?', [1])]);
  await check('several at once', async () => (await Promise.all([1, 2, 3].map((n) => connection.query('SELECT ? AS n', [n])))).map(([rows]) => rows[0].n));
  await check('end', () => connection.end());
  await check('query after end', () => connection.query('SELECT 1'));
  await check('refused', () => mysql.createConnection({ host: '127.0.0.1', port: 1 }));
  await check('wrong password', async () => { const error = await mysql.createConnection({ ...base, password: 'no' }).catch((e) => e); return [error.code, error.errno, error.sqlState]; });
  await check('uri', async () => { const other = await mysql.createConnection(env.DB_CONNECTION_URI); const [rows] = await other.query('SELECT DATABASE() AS d'); await other.end(); return rows; });

  const pool = mysql.createPool({ ...base, connectionLimit: 2 });
  await check('pool class', () => pool.constructor.name);
  await check('pool query', async () => shape(await pool.query('SELECT ? AS n', [1])));
  await check('pool execute', async () => shape(await pool.execute('SELECT ? AS n', ['a'])));
  await check('pool error', () => pool.query('SELECT * FROM nowhere'));
  await check('pool connection', async () => {
    const leased = await pool.getConnection();
    try {
      await leased.beginTransaction();
      const [rows] = await leased.query('SELECT 5 AS n');
      await leased.commit();
      return [leased.constructor.name, rows];
    } finally {
      leased.release();
    }
  });
  await check('pool many', async () => (await Promise.all([1, 2, 3, 4, 5].map((n) => pool.query('SELECT ? AS n', [n])))).map(([rows]) => rows[0].n));
  await check('pool end', () => pool.end());
  await check('pool after end', () => pool.query('SELECT 1'));
  await check('exports', () => ['createConnection', 'createPool', 'escape', 'escapeId', 'format', 'raw', 'PromiseConnection', 'PromisePool'].map((name) => typeof mysql[name]));
};
