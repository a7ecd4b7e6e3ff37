// mysql2 with callbacks and events. The tables of `types` are made by the test; what a check changes is in temporary tables.
module.exports = async (check, env) => {
  const mysql = require('mysql2');
  const { Types } = mysql;
  const base = { host: env.DB_HOST, port: Number(env.DB_PORT), user: env.DB_USERNAME, password: env.DB_PASSWORD, database: env.DB_DATABASE };
  const connect = (options) => mysql.createConnection({ ...base, ...options });
  const asked = (target, method, ...args) => new Promise((resolve, reject) => {
    target[method](...args, (error, rows, fields) => (error ? reject(error) : resolve({ rows, fields })));
  });
  const rowsOf = async (...args) => (await asked(args[0], 'query', ...args.slice(1))).rows;
  const executed = async (...args) => (await asked(args[0], 'execute', ...args.slice(1))).rows;
  const connection = connect();
  const names = ['tiny', 'tiny1', 'small', 'medium', 'plain', 'big', 'ubig', 'dec', 'flo', 'dbl', 'bits', 'bit1', 'd', 'dt', 'dt6', 'ts', 'tm', 'tm3', 'yr', 'ch', 'vc', 'txt', 'bin', 'vbin', 'blb', 'en', 'st', 'geo'];
  const columns = names.map((name) => `\`${name}\``).join(', ');

  await check('connect', () => new Promise((resolve) => { connection.connect((error) => resolve([error, connection.state, typeof connection.threadId])); }));
  await check('row class', async () => (await rowsOf(connection, 'SELECT 1 AS one'))[0].constructor.name);
  for (const id of [1, 2]) {
    await check(`text types of row ${id}`, () => rowsOf(connection, `SELECT ${columns} FROM types WHERE id = ?`, [id]));
    await check(`binary types of row ${id}`, () => executed(connection, `SELECT ${columns} FROM types WHERE id = ?`, [id]));
  }
  await check('zero dates', () => rowsOf(connection, 'SELECT * FROM zero'));
  await check('zero dates as text', () => rowsOf(connection, { sql: 'SELECT * FROM zero', dateStrings: true }));
  for (const name of names) {
    await check(`field ${name}`, async () => (await asked(connection, 'query', 'SELECT ?? FROM types WHERE id = 1', [name])).fields
      .map((field) => ({ catalog: field.catalog, db: field.db, schema: field.schema, table: field.table, orgTable: field.orgTable, name: field.name, orgName: field.orgName, type: Types[field.columnType], same: field.type === field.columnType, binary: field.characterSet === 63 })));
  }
  await check('expressions', () => rowsOf(connection, "SELECT 1+1 AS i, 1.50 AS d, 1e3 AS e, 'x' AS s, NULL AS n, true AS t, COUNT(*) AS c, SUM(id) AS sum, AVG(id) AS avg FROM types"));
  for (const options of [{ supportBigNumbers: true }, { supportBigNumbers: true, bigNumberStrings: true }, { dateStrings: true }, { dateStrings: ['DATE'] }, { timezone: 'Z' }, { timezone: '+05:30' }, { decimalNumbers: true }, { rowsAsArray: true }, { typeCast: false }]) {
    await check(`types with ${JSON.stringify(options)}`, async () => {
      const other = connect(options);
      const rows = await rowsOf(other, `SELECT ${columns} FROM types WHERE id < 3 ORDER BY id`);
      other.destroy();
      return rows;
    });
  }
  await check('typeCast function', () => rowsOf(connection, {
    sql: 'SELECT id, tiny1, vc, blb, geo FROM types ORDER BY id',
    typeCast(field, next) {
      if (field.name === 'tiny1') return `${field.type} ${field.string() === '1'}`;
      if (field.name === 'blb') return field.buffer()?.length;
      if (field.name === 'geo') return field.geometry();
      return field.name === 'vc' ? `${field.db}.${field.table}.${next()}` : next();
    },
  }));
  await check('nestTables', () => rowsOf(connection, { sql: 'SELECT a.id, b.id FROM types a JOIN types b ON a.id = b.id WHERE a.id = 1', nestTables: true }));
  await check('nestTables separator', () => rowsOf(connection, { sql: 'SELECT a.id, b.id FROM types a JOIN types b ON a.id = b.id WHERE a.id = 1', nestTables: '_' }));
  await check('rowsAsArray', () => rowsOf(connection, { sql: 'SELECT id, vc FROM types WHERE id = 1', rowsAsArray: true }));
  await check('rowsAsArray executed', () => executed(connection, { sql: 'SELECT id, vc FROM types WHERE id = ?', rowsAsArray: true, values: [1] }));
  await check('parameters', () => rowsOf(connection, 'SELECT ? AS s, ? AS n, ? AS t, ? AS f, ? AS z, ? AS b', ["it's \\ \"x\"\n\0\x1a", 1.5, true, false, null, Buffer.from([0, 39, 255])]));
  await check('date parameter', () => rowsOf(connection, 'SELECT ? AS d', [new Date(2024, 1, 29, 3, 4, 5, 6)]));
  await check('executed parameters', () => executed(connection, 'SELECT CAST(? AS CHAR) AS s, ? = 1.5 AS n, ? = 1 AS t, ? IS NULL AS z, HEX(?) AS b, CAST(? AS DATETIME(3)) AS d, CAST(? AS CHAR) AS j', ["it's \\", 1.5, true, null, Buffer.from([0, 39, 255]), new Date(2024, 1, 29, 3, 4, 5, 6), { a: 1 }]));
  await check('executed where', () => executed(connection, 'SELECT id, vc FROM types WHERE id = ? OR vc = ?', ['1', "' OR 1=1 -- "]));
  await check('executed limit', async () => (await executed(connection, 'SELECT id FROM types ORDER BY id LIMIT ?', ['2']).catch((e) => e)));
  await check('list parameter', () => rowsOf(connection, 'SELECT id FROM types WHERE id IN (?) ORDER BY id', [[1, 3]]));
  await check('named', () => rowsOf(connection, { sql: 'SELECT :a AS a, :b AS b, :a AS again', namedPlaceholders: true, values: { a: 1, b: "x'y" } }));
  await check('named executed', () => executed(connection, { sql: 'SELECT id FROM types WHERE id = :id', namedPlaceholders: true, values: { id: 2 } }));
  await check('named in quotes', () => rowsOf(connection, { sql: "SELECT ':a' AS q, :a AS a, TIME('10:20:30') AS t", namedPlaceholders: true, values: { a: 1 } }));
  await check('create', () => rowsOf(connection, 'CREATE TEMPORARY TABLE people (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) NOT NULL UNIQUE, note TEXT)').then((ok) => [ok.constructor.name, Object.keys(ok)]));
  await check('insert set', async () => { const { fieldCount, affectedRows, insertId, info, warningStatus, changedRows } = await rowsOf(connection, 'INSERT INTO people SET ?', { name: 'Ada', note: null }); return { fieldCount, affectedRows, insertId, info, warningStatus, changedRows }; });
  await check('insert nested arrays', async () => { const { affectedRows, insertId } = await rowsOf(connection, 'INSERT INTO people (name, note) VALUES ?', [[['Grace', 'x'], ["O'Neil", 'y']]]); return { affectedRows, insertId }; });
  await check('insert executed', async () => { const { affectedRows, insertId, constructor } = await executed(connection, 'INSERT INTO people (name, note) VALUES (?, ?)', ['Edsger', null]); return { affectedRows, insertId, constructor: constructor.name }; });
  await check('update', async () => { const { affectedRows, changedRows, warningStatus } = await rowsOf(connection, 'UPDATE people SET note = ? WHERE id <= ?', ['w', 2]); return { affectedRows, changedRows, warningStatus }; });
  await check('update executed', async () => (await executed(connection, 'UPDATE people SET note = ? WHERE id <= ?', ['q', 2])).affectedRows);
  await check('delete', async () => { const { affectedRows, changedRows, info } = await rowsOf(connection, 'DELETE FROM people WHERE id = ?', [3]); return { affectedRows, changedRows, info }; });
  await check('rows', () => rowsOf(connection, 'SELECT * FROM people ORDER BY id'));
  await check('no rows', () => rowsOf(connection, 'SELECT * FROM people WHERE 1 = 0'));
  await check('warnings', async () => (await rowsOf(connection, "INSERT IGNORE INTO people (name) VALUES ('Grace')")).warningStatus);
  await check('duplicate', () => rowsOf(connection, 'INSERT INTO people SET ?', { name: 'Grace' }));
  await check('duplicate executed', () => executed(connection, 'INSERT INTO people (name) VALUES (?)', ['Grace']));
  await check('no table', () => rowsOf(connection, 'SELECT * FROM nowhere'));
  await check('no table executed', () => executed(connection, 'SELECT * FROM nowhere'));
  await check('syntax', () => rowsOf(connection, 'SELEC 1'));
  await check('two statements', async () => (await rowsOf(connection, 'SELECT 1; SELECT 2').catch((e) => e)).code);
  await check('two statements executed', async () => (await executed(connection, 'SELECT 1; SELECT 2').catch((e) => e)).code);
  await check('object as value', () => rowsOf(connection, 'SELECT COUNT(*) AS n FROM people WHERE name = ?', [{ name: 1 }]));
  await check('injection', () => rowsOf(connection, 'SELECT COUNT(*) AS n FROM people WHERE name = ? OR note = ?', ["' OR 1=1 -- ", "\\' OR 1=1 # "]));
  await check('undefined executed', () => executed(connection, 'SELECT ?', [undefined]));
  await check('object executed', () => executed(connection, 'SELECT ?', { a: 1 }));
  await check('function executed', () => executed(connection, 'SELECT ?', [() => 1]));
  await check('too few executed', () => executed(connection, 'SELECT ?, ?', [1]));
  await check('prepare', () => new Promise((resolve) => {
    connection.prepare('SELECT ? + 1 AS n', (error, statement) => statement.execute([41], (failed, rows) => { statement.close(); resolve([error, failed, rows]); }));
  }));
  await check('transaction', () => new Promise((resolve, reject) => {
    connection.beginTransaction((error) => {
      if (error) return reject(error);
      connection.query("UPDATE people SET note = 'lost'", () => connection.rollback(() => connection.query('SELECT DISTINCT note FROM people ORDER BY note', (failed, rows) => resolve(rows))));
    });
  }));
  await check('ping', () => new Promise((resolve) => { connection.ping((error) => resolve(error)); }));
  await check('events', () => new Promise((resolve) => {
    const seen = [];
    connection.query('SELECT id, name FROM people ORDER BY id')
      .on('fields', (fields) => seen.push(['fields', fields.length]))
      .on('result', (row, index) => seen.push(['result', row, index]))
      .on('error', (error) => seen.push(['error', error]))
      .on('end', () => resolve(seen));
  }));
  await check('events of an error', () => new Promise((resolve) => {
    const seen = [];
    connection.query('SELECT * FROM nowhere').on('error', (error) => seen.push(error.code)).on('end', () => resolve(seen));
  }));
  await check('call', async () => { const [first, ok] = await rowsOf(connection, 'CALL two(?)', [5]); return [first, ok.constructor.name, ok.affectedRows]; });
  await check('user variable', async () => { await rowsOf(connection, 'SET @x = 5'); return rowsOf(connection, 'SELECT @x + 1 AS x'); });
  await check('promise', async () => { const [rows, fields] = await connection.promise().query('SELECT ? AS n', [1]); return [rows, fields[0].name]; });
  await check('end', () => new Promise((resolve) => { connection.end((error) => resolve([error])); }));
  await check('query after end', async () => { const error = await rowsOf(connection, 'SELECT 1').catch((e) => e); return [error, error.fatal]; });

  const values = ["a'b", 'a\\b', 5, 5n, 1.5, null, undefined, true, [1, 'x', [2, 3]], [[1, 2], ['a', 'b']], { a: 1, b: "x'" }, Buffer.from('hi'), new Uint8Array([1, 2]), new Date(2024, 0, 2, 3, 4, 5, 6), new Date(NaN), { toSqlString: () => 'NOW()' }, new Set([1, 'a']), new Map([['k', 1]])];
  await check('escape', () => values.map((value) => mysql.escape(value)));
  await check('escapeId', () => ['a', 'a.b', 'a`b', 'a->b.c', ['x', 'y.z']].map((value) => mysql.escapeId(value)));
  await check('format', () => [
    ['SELECT ? ?? ???', [1, 'a.b', 2]], ['? ?', [1]], ['SET ?', { a: 1 }], ['UPDATE t SET ? WHERE a = ?', [{ b: 1 }, { a: 1 }]], ['WHERE ?', { a: 1 }],
    ['SET a = ?, ? WHERE b = ?', [1, { c: 2 }, 3]], ["SELECT '?' ? -- ?\n ?", [1, 2]], ['/* ? */ ? `?` "?"', [1]], ['ON DUPLICATE KEY UPDATE ?', { a: 1 }],
    ['UPDATE t SET a = ?', [{ a: 1 }]], ['INSERT INTO t VALUES (?)', [{ a: 1 }]], ['IN (?)', [[1, 2]]], ['IN (?)', [new Set([1, 2])]],
  ].map(([sql, given]) => mysql.format(sql, given)));
  await check('raw', () => [mysql.format('SET d = ?', [mysql.raw('NOW()')]), mysql.raw('x').toSqlString()]);

  await check('uri', async () => { const other = mysql.createConnection(`${env.DB_CONNECTION_URI}?dateStrings=true&timezone=%2B01:00`); const rows = await rowsOf(other, 'SELECT d, dt FROM types WHERE id = 1'); other.end(); return [rows, other.config.timezone, other.config.host, other.config.database]; });
  await check('uri option', async () => { const other = mysql.createConnection({ uri: env.DB_CONNECTION_URI, rowsAsArray: true }); const rows = await rowsOf(other, 'SELECT 1 AS n'); other.end(); return rows; });
  await check('wrong password', () => new Promise((resolve) => { connect({ password: 'no' }).on('error', (error) => resolve([error.code, error.errno, error.sqlState, error.fatal, error.message.replace(/'[^']*'@'[^']*'/, 'USER')])); }));
  await check('wrong password at query', () => new Promise((resolve) => { connect({ password: 'no' }).query('SELECT 1', (error) => resolve([error.code])); }));
  await check('no database', () => new Promise((resolve) => { connect({ database: 'nowhere' }).connect((error) => resolve([error.code, error.errno, error.message])); }));
  await check('refused', () => new Promise((resolve) => { connect({ host: '127.0.0.1', port: 1 }).connect((error) => resolve([error, error.fatal])); }));
  await check('refused at query', () => new Promise((resolve) => { connect({ host: '127.0.0.1', port: 1 }).query('SELECT 1', (error) => resolve([error, error.fatal])); }));

  const pool = mysql.createPool({ ...base, connectionLimit: 2 });
  await check('pool query', () => rowsOf(pool, 'SELECT ? + 1 AS n', [1]));
  await check('pool execute', () => executed(pool, 'SELECT ? + 1 AS n', [1]));
  await check('pool error', () => rowsOf(pool, 'SELECT * FROM nowhere'));
  await check('pool many', () => Promise.all([1, 2, 3, 4, 5].map((n) => rowsOf(pool, 'SELECT ? AS n', [n]))));
  await check('pool connection', () => new Promise((resolve) => {
    pool.getConnection((error, leased) => leased.query('SELECT 1 AS n', (failed, rows) => { leased.release(); leased.release(); resolve([error, failed, rows]); }));
  }));
  await check('pool promise', async () => (await pool.promise().query('SELECT 9 AS n'))[0]);
  await check('pool escape', () => [pool.escape("x'y"), pool.escapeId('a.b'), pool.format('? ??', [1, 'a'])]);
  await check('pool end', () => new Promise((resolve) => { pool.end((error) => resolve(error)); }));
  await check('pool after end', () => rowsOf(pool, 'SELECT 1'));
  await check('pool refused', () => rowsOf(mysql.createPool({ host: '127.0.0.1', port: 1 }), 'SELECT 1'));
  await check('pool limit', () => new Promise((resolve) => {
    const small = mysql.createPool({ ...base, connectionLimit: 1, waitForConnections: false });
    small.getConnection((error, leased) => small.getConnection((second) => { leased.release(); small.end(); resolve(second); }));
  }));
};
