// mysql (mysqljs). The tables of `types` are made by the test; what a check changes is in temporary tables.
module.exports = async (check, env) => {
  const mysql = require('mysql');
  const { Types } = mysql;
  const connect = (options) => mysql.createConnection({ host: env.DB_HOST, port: env.DB_PORT, user: env.DB_USERNAME, password: env.DB_PASSWORD, database: env.DB_DATABASE, ...options });
  const asked = (target, ...args) => new Promise((resolve, reject) => {
    target.query(...args, (error, rows, fields) => (error ? reject(error) : resolve({ rows, fields })));
  });
  const rowsOf = async (...args) => (await asked(...args)).rows;
  const connection = connect();
  const names = ['tiny', 'tiny1', 'small', 'medium', 'plain', 'big', 'ubig', 'dec', 'flo', 'dbl', 'bits', 'bit1', 'd', 'dt', 'dt6', 'ts', 'tm', 'tm3', 'yr', 'ch', 'vc', 'txt', 'bin', 'vbin', 'blb', 'en', 'st', 'js', 'geo'];

  await check('connect', () => new Promise((resolve) => { connection.connect((error, ok) => resolve([error, ok.constructor.name, connection.state, typeof connection.threadId])); }));
  await check('connect twice', () => new Promise((resolve) => { connection.connect((error) => resolve([error, error.fatal])); }));
  await check('first row class', async () => (await rowsOf(connection, 'SELECT 1 AS one'))[0].constructor.name);
  for (const id of [1, 2, 3]) {
    await check(`types of row ${id}`, () => rowsOf(connection, 'SELECT ?? FROM types WHERE id = ?', [names, id]));
  }
  for (const name of names) {
    await check(`field ${name}`, async () => (await asked(connection, 'SELECT ?? FROM types WHERE id = 1', [name])).fields
      .map(({ catalog, db, table, orgTable, name: own, orgName, type, charsetNr, decimals, zeroFill }) => ({ catalog, db, table, orgTable, own, orgName, type: Types[type], binary: charsetNr === 63, decimals: /DATE|TIME/.test(Types[type]) ? decimals : 0, zeroFill })));
  }
  await check('field with alias', async () => (await asked(connection, 'SELECT t.id AS number FROM types t LIMIT 1')).fields
    .map(({ table, orgTable, name, orgName, constructor }) => ({ table, orgTable, name, orgName, constructor: constructor.name })));
  await check('zero dates', () => rowsOf(connection, 'SELECT * FROM zero'));
  await check('expressions', () => rowsOf(connection, "SELECT 1+1 AS i, 1.50 AS d, 1e3 AS e, 'x' AS s, NULL AS n, true AS t, COUNT(*) AS c, SUM(id) AS sum, AVG(id) AS avg, MAX(dec_ok) AS m FROM (SELECT id, 2.5 AS dec_ok FROM types) x"));
  for (const options of [{ supportBigNumbers: true }, { supportBigNumbers: true, bigNumberStrings: true }, { dateStrings: true }, { dateStrings: ['DATE'] }, { timezone: 'Z' }, { timezone: '+05:30' }, { typeCast: false }]) {
    await check(`types with ${JSON.stringify(options)}`, async () => {
      const other = connect(options);
      const rows = await rowsOf(other, 'SELECT ?? FROM types ORDER BY id', [names]);
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
  await check('parameters', () => rowsOf(connection, 'SELECT ? AS s, ? AS n, ? AS t, ? AS f, ? AS z, ? AS b, ? AS u', ["it's \\ \"x\"\n\0\x1a", 1.5, true, false, null, Buffer.from([0, 39, 255]), undefined]));
  await check('date parameter', () => rowsOf(connection, 'SELECT ? AS d', [new Date(2024, 1, 29, 3, 4, 5, 6)]));
  await check('list parameter', () => rowsOf(connection, 'SELECT id FROM types WHERE id IN (?) ORDER BY id', [[1, 3]]));
  await check('object of options', () => rowsOf(connection, { sql: 'SELECT ? AS a, ? AS b', values: [1, 'two'] }));
  await check('single value', () => rowsOf(connection, 'SELECT ? AS a', 'one'));
  await check('where object', () => rowsOf(connection, 'SELECT id FROM types WHERE ?', { id: 2 }));
  await check('create', async () => { const { constructor, ...ok } = await rowsOf(connection, 'CREATE TEMPORARY TABLE people (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) NOT NULL UNIQUE, note TEXT)'); return ok; });
  await check('insert set', async () => { const ok = await rowsOf(connection, 'INSERT INTO people SET ?', { name: 'Ada', note: null }); return [ok.constructor.name, ok.fieldCount, ok.affectedRows, ok.insertId, ok.changedRows, ok.warningCount, ok.message, ok.protocol41]; });
  await check('insert nested arrays', async () => { const { affectedRows, insertId, changedRows } = await rowsOf(connection, 'INSERT INTO people (name, note) VALUES ?', [[['Grace', 'x'], ["O'Neil", 'y']]]); return { affectedRows, insertId, changedRows }; });
  await check('update', async () => { const { affectedRows, changedRows, warningCount } = await rowsOf(connection, 'UPDATE people SET note = ? WHERE id <= ?', ['w', 2]); return { affectedRows, changedRows, warningCount }; });
  await check('update set object', async () => { const { affectedRows, changedRows } = await rowsOf(connection, 'UPDATE people SET ? WHERE id = ?', [{ note: 'z', name: 'Ada L.' }, 1]); return { affectedRows, changedRows }; });
  await check('update nothing', async () => { const { affectedRows, changedRows } = await rowsOf(connection, 'UPDATE people SET note = ? WHERE id = 99', ['x']); return { affectedRows, changedRows }; });
  await check('delete', async () => { const { affectedRows, changedRows, message } = await rowsOf(connection, 'DELETE FROM people WHERE id = ?', [3]); return { affectedRows, changedRows, message }; });
  await check('rows', () => rowsOf(connection, 'SELECT * FROM people ORDER BY id'));
  await check('no rows', () => rowsOf(connection, 'SELECT * FROM people WHERE 1 = 0'));
  await check('warnings', async () => (await rowsOf(connection, "INSERT IGNORE INTO people (name) VALUES ('Grace')")).warningCount);
  await check('on duplicate', async () => (await rowsOf(connection, 'INSERT INTO people SET ? ON DUPLICATE KEY UPDATE ?', [{ name: 'Grace' }, { note: 'again' }])).affectedRows);
  await check('duplicate', () => rowsOf(connection, 'INSERT INTO people SET ?', { name: 'Grace' }));
  await check('duplicate error', async () => { const error = await rowsOf(connection, 'INSERT INTO people SET ?', { name: 'Grace' }).catch((e) => e); return Object.keys(error).filter((key) => key !== 'sql').sort(); });
  await check('no table', () => rowsOf(connection, 'SELECT * FROM nowhere'));
  await check('no column', () => rowsOf(connection, 'SELECT nothing FROM people'));
  await check('syntax', () => rowsOf(connection, 'SELEC 1'));
  await check('empty', async () => (await rowsOf(connection, '').catch((e) => e)).code);
  await check('null violation', () => rowsOf(connection, 'INSERT INTO people SET ?', { name: null }));
  await check('two statements', async () => (await rowsOf(connection, 'SELECT 1; SELECT 2').catch((e) => e)).code);
  await check('injection', () => rowsOf(connection, 'SELECT COUNT(*) AS n FROM people WHERE name = ? OR note = ?', ["' OR 1=1 -- ", "\\' OR 1=1 # "]));
  await check('injected identifier', () => rowsOf(connection, 'SELECT ?? FROM people LIMIT 1', ['name` FROM mysql.user -- ']));
  await check('transaction', () => new Promise((resolve, reject) => {
    connection.beginTransaction((error) => {
      if (error) return reject(error);
      connection.query("UPDATE people SET note = 'lost'", () => connection.rollback(() => connection.query('SELECT DISTINCT note FROM people ORDER BY note', (failed, rows) => resolve(rows))));
    });
  }));
  await check('commit', () => new Promise((resolve) => { connection.beginTransaction(() => connection.query("UPDATE people SET note = 'kept'", () => connection.commit((error) => resolve(error)))); }));
  await check('ping', () => new Promise((resolve) => { connection.ping((error, ok) => resolve([error, ok.constructor.name])); }));
  await check('events', () => new Promise((resolve) => {
    const seen = [];
    connection.query('SELECT id, name FROM people ORDER BY id')
      .on('fields', (fields, index) => seen.push(['fields', fields.length, index]))
      .on('result', (row, index) => seen.push(['result', row, index]))
      .on('error', (error) => seen.push(['error', error]))
      .on('end', () => resolve(seen));
  }));
  await check('events of ok', () => new Promise((resolve) => {
    const seen = [];
    connection.query('DELETE FROM people WHERE id = 77').on('fields', () => seen.push('fields')).on('result', (ok) => seen.push(ok.affectedRows)).on('end', () => resolve(seen));
  }));
  await check('events of an error', () => new Promise((resolve) => {
    const seen = [];
    connection.query('SELECT * FROM nowhere').on('result', () => seen.push('result')).on('error', (error) => seen.push(error.code)).on('end', () => resolve(seen));
  }));
  await check('connection error event', () => new Promise((resolve) => {
    connection.once('error', (error) => resolve([error.code, connection.state]));
    connection.query('SELECT * FROM nowhere');
  }));
  await check('call', async () => { const [first, ok] = await rowsOf(connection, 'CALL two(?)', [5]); return [first, ok.constructor.name, ok.affectedRows]; });
  await check('executable comment', () => rowsOf(connection, 'SELECT /*!1 + */ 1 AS n'));
  await check('semicolon at the end', () => rowsOf(connection, "SELECT ';' AS s; -- done"));
  await check('function with space', async () => (await rowsOf(connection, 'SELECT COUNT (*) AS n FROM types')));
  await check('user variable', async () => { await rowsOf(connection, 'SET @x = 5'); return rowsOf(connection, 'SELECT @x + 1 AS x'); });
  await check('end', () => new Promise((resolve) => { connection.end((error) => resolve([error])); }));
  await check('query after end', () => rowsOf(connection, 'SELECT 1'));
  await check('end after end', () => new Promise((resolve) => { connection.end((error) => resolve(error)); }));

  const values = ["a'b", 'a\\b', 5, 1.5, null, undefined, true, [1, 'x', [2, 3]], [[1, 2], ['a', 'b']], { a: 1, b: "x'" }, Buffer.from('hi'), new Date(2024, 0, 2, 3, 4, 5, 6), new Date(NaN), { toSqlString: () => 'NOW()' }, ['a', null], { f() {}, n: null }];
  await check('escape', () => values.map((value) => mysql.escape(value)));
  await check('escape zone', () => ['Z', '+02:00', '-0330', 'local'].map((zone) => mysql.escape(new Date(2024, 0, 2, 3, 4, 5, 6), false, zone)));
  await check('escape stringified', () => mysql.escape({ a: 1 }, true));
  await check('escapeId', () => ['a', 'a.b', 'a`b', ['x', 'y.z']].map((value) => mysql.escapeId(value)));
  await check('escapeId whole', () => mysql.escapeId('a.b', true));
  await check('format', () => [mysql.format('SELECT ? ?? ???', [1, 'a.b', 2]), mysql.format('? ?', [1]), mysql.format('?', []), mysql.format('x'), mysql.format('SET ?', { a: 1 }), mysql.format('IN (?)', [[1, 2]]), mysql.format('SET ?, x = ?', [{ a: 1 }, 2]), mysql.format('?', 'x')]);
  await check('raw', () => [mysql.format('SET d = ?', [mysql.raw('NOW()')]), mysql.raw('x').toSqlString()]);
  await check('raw misuse', () => mysql.raw(1));

  const uri = connect.length >= 0 && env.DB_CONNECTION_URI;
  await check('uri', async () => { const other = mysql.createConnection(`${uri}?dateStrings=true&timezone=%2B01:00`); const rows = await rowsOf(other, 'SELECT d, dt FROM types WHERE id = 1'); other.end(); return [rows, other.config.timezone, other.config.host, other.config.database]; });
  await check('implied connect', () => new Promise((resolve, reject) => { const other = connect(); other.query('SELECT 1 AS n', (error, rows) => { other.end(); if (error) reject(error); else resolve(rows); }); }));
  await check('queryFormat', async () => {
    const other = connect({ queryFormat(sql, given) { return given ? sql.replace(/:(\w+)/g, (text, key) => this.escape(given[key])) : sql; } });
    const rows = await rowsOf(other, 'SELECT :a AS a', { a: "x'y" });
    other.end();
    return rows;
  });
  await check('wrong password', () => new Promise((resolve) => { connect({ password: 'no' }).connect((error) => resolve([error.code, error.errno, error.fatal, error.sqlState, error.message.replace(/'[^']*'@'[^']*'/, 'USER')])); }));
  await check('wrong password at query', () => new Promise((resolve) => { connect({ password: 'no' }).query('SELECT 1', (error) => resolve([error.code, error.fatal])); }));
  await check('no database', () => new Promise((resolve) => { connect({ database: 'nowhere' }).connect((error) => resolve([error.code, error.errno, error.fatal, error.message])); }));
  await check('refused', () => new Promise((resolve) => { connect({ host: '127.0.0.1', port: 1 }).connect((error) => resolve([error, error.fatal])); }));
  await check('after fatal', () => new Promise((resolve) => {
    const other = connect({ port: 1 });
    other.connect(() => setTimeout(() => other.query('SELECT 1', (error) => resolve([error, error.fatal])), 0));
  }));
  await check('fatal as event', () => new Promise((resolve) => { const other = connect({ port: 1 }); other.on('error', (error) => resolve([error.code, error.fatal])); other.connect(); }));

  const pool = mysql.createPool({ host: env.DB_HOST, port: env.DB_PORT, user: env.DB_USERNAME, password: env.DB_PASSWORD, database: env.DB_DATABASE, connectionLimit: 2 });
  await check('pool query', () => rowsOf(pool, 'SELECT ? + 1 AS n', [1]));
  await check('pool error', () => rowsOf(pool, 'SELECT * FROM nowhere'));
  await check('pool many', () => Promise.all([1, 2, 3, 4, 5].map((n) => rowsOf(pool, 'SELECT ? AS n', [n]))));
  await check('pool connection', () => new Promise((resolve) => {
    pool.getConnection((error, leased) => {
      leased.query('SELECT 1 AS n', (failed, rows) => {
        leased.release();
        let twice;
        try { leased.release(); } catch (e) { twice = e; }
        resolve([error, failed, rows, twice]);
      });
    });
  }));
  await check('pool event query', () => new Promise((resolve) => { const seen = []; pool.query('SELECT 7 AS n').on('result', (row) => seen.push(row)).on('end', () => resolve(seen)); }));
  await check('pool escape', () => [pool.escape("x'y"), pool.escapeId('a.b')]);
  await check('pool end', () => new Promise((resolve) => { pool.end((error) => resolve(error)); }));
  await check('pool after end', () => rowsOf(pool, 'SELECT 1'));
  await check('pool refused', () => rowsOf(mysql.createPool({ host: '127.0.0.1', port: 1 }), 'SELECT 1'));
  await check('pool limit', () => new Promise((resolve) => {
    const small = mysql.createPool({ host: env.DB_HOST, port: env.DB_PORT, user: env.DB_USERNAME, password: env.DB_PASSWORD, connectionLimit: 1, waitForConnections: false });
    small.getConnection((error, leased) => small.getConnection((second) => { leased.release(); small.end(); resolve(second); }));
  }));
  await check('types constants', () => [Types.DATETIME, Types[253], Types.NEWDECIMAL]);
};
