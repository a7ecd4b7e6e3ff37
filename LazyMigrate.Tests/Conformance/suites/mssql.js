// Each statement is T-SQL that the stand-in of the tests understands and a real server too.
module.exports = async (check, env) => {
  const sql = require('mssql');
  const config = (extra = {}) => ({
    server: env.DB_HOST, port: Number(env.DB_PORT), user: env.DB_USERNAME, password: env.DB_PASSWORD, database: env.DB_DATABASE,
    options: { encrypt: false, trustServerCertificate: true }, ...extra,
  });
  const errorOf = (error) => (error && {
    name: error.name, message: error.message, code: error.code, number: error.number, state: error.state, class: error.class, lineNumber: error.lineNumber,
    procName: error.procName, preceding: error.precedingErrors && error.precedingErrors.map((each) => each.message),
    original: error.originalError && [error.originalError.name, error.originalError.message, error.originalError.code],
    isSqlError: error instanceof sql.MSSQLError, isRequestError: error instanceof sql.RequestError, isConnectionError: error instanceof sql.ConnectionError,
  });
  const caught = async (action) => {
    try {
      return await action();
    } catch (error) {
      return errorOf(error);
    }
  };
  const typesOf = (columns) => Object.values(columns).map(({ index, name, length, scale, precision, nullable, caseSensitive, identity, readOnly, type }) => ({ index, name, length, scale, precision, nullable, caseSensitive, identity, readOnly, type: type && type.declaration }));

  await check('exports', () => Object.keys(sql).filter((name) => name !== 'CHANNELS').sort());
  await check('types', () => [sql.VarChar(50), sql.NVarChar(sql.MAX), sql.Decimal(10, 2), sql.DateTime2(3), sql.Int].map((type) => (typeof type === 'function' ? [type.name, type.declaration] : { ...type, type: type.type.declaration })));
  await check('type by value', () => ['x', 1, 1.5, 3e9, 5n, true, new Date(0), Buffer.alloc(1), null, undefined, {}].map((value) => sql.getTypeByValue(value).declaration));
  await check('no pool', () => caught(() => new sql.Request().query('SELECT 1')));
  await check('query before connect', () => caught(() => sql.query`SELECT 1`));

  const pool = await sql.connect(config());
  await pool.request().query('DELETE FROM scratch');
  await check('pool', () => [pool.connected, pool.connecting, pool.healthy, pool instanceof sql.ConnectionPool]);
  await check('select', () => pool.request().query('SELECT id, name FROM people ORDER BY id'));
  await check('input', () => pool.request().input('id', sql.Int, 1).query('SELECT name FROM people WHERE id = @id'));
  await check('input without type', () => pool.request().input('name', 'Grace').query('SELECT id FROM people WHERE name = @name'));
  await check('input typed by size', () => pool.request().input('name', sql.NVarChar(50), 'Grace').query('SELECT id FROM people WHERE name = @name'));
  await check('injection is a value', () => pool.request().input('name', sql.NVarChar, "' OR 1=1 --").query('SELECT id FROM people WHERE name = @name'));
  await check('injection in a template', () => sql.query`SELECT id FROM people WHERE name = ${"x'; DROP TABLE people; --"}`);
  await check('template', () => sql.query`SELECT name FROM people WHERE id = ${1} OR name = ${'Grace'} ORDER BY id`);
  await check('template list', () => sql.query`SELECT name FROM people WHERE id IN (${[1, 2]}) ORDER BY id`);
  await check('pool template', () => pool.query`SELECT name FROM people WHERE id = ${2}`);
  await check('pool query', () => pool.query('SELECT name FROM people WHERE id = 1'));
  await check('global query', () => sql.query('SELECT name FROM people WHERE id = 1'));
  await check('new Request', () => new sql.Request().query('SELECT 1 AS one'));
  await check('new Request of a pool', () => new sql.Request(pool).query('SELECT 1 AS one'));
  await check('request.template', () => { const request = pool.request(); return [request.template`a ${1} b ${[2, 3]} c`, Object.keys(request.parameters)]; });
  await check('no rows', () => pool.request().query('SELECT id FROM people WHERE id = 99'));
  await check('two recordsets', () => pool.request().query('SELECT 1 AS a; SELECT name FROM people WHERE id = 1'));
  await check('two of one name', () => pool.request().query("SELECT 1 AS a, 'x' AS a, 3 AS a"));
  await check('columns', async () => typesOf((await pool.request().query('SELECT id, name, born, note, photo FROM people')).recordset.columns));
  await check('toTable', async () => { const table = (await pool.request().query('SELECT id, name FROM people ORDER BY id')).recordset.toTable('t'); return [table.name, table.columns.map((column) => column.name), [...table.rows]]; });
  await check('rows affected', async () => (await pool.request().query("INSERT INTO scratch (id, name) VALUES (1, 'a'); UPDATE scratch SET name = 'b'; DELETE FROM scratch")).rowsAffected);
  await check('output', () => pool.request().input('n', sql.Int, 21).output('double', sql.Int).query('SET @double = @n * 2'));
  await check('execute', () => pool.request().input('id', sql.Int, 1).output('total', sql.Int).execute('find_person'));
  await check('execute missing', () => caught(() => pool.request().execute('no_procedure')));
  await check('execute injected', () => caught(() => pool.request().execute('x; DROP TABLE people')));
  await check('batch', () => pool.request().batch('SELECT 1 AS a; SELECT 2 AS b'));
  await check('batch with parameters', async () => { const { recordsets, output } = await pool.request().input('n', sql.Int, 5).output('out', sql.Int).batch('SELECT @n AS n; SET @out = @n + 1'); return [recordsets, output]; });
  await check('batch with a quote', async () => (await pool.request().input('s', sql.NVarChar(50), "it's").batch('SELECT @s AS s')).recordsets);
  await check('callback', () => new Promise((resolve) => { pool.request().query('SELECT 1 AS one', (error, result) => resolve([error, result])); }));
  await check('callback with error', () => new Promise((resolve) => { pool.request().query('SELECT * FROM nowhere', (error, result) => resolve([errorOf(error), result])); }));
  await check('callback of execute', () => new Promise((resolve) => { pool.request().input('id', 1).output('total', sql.Int).execute('find_person', (error, result) => resolve([error, result])); }));

  for (const [type, value] of [
    ['bigint', '9223372036854775807'], ['int', '5'], ['bit', '1'], ['decimal(10, 2)', "'12.34'"], ['money', "'12.34'"], ['float', "'0.1'"], ['real', "'1.5'"],
    ['uniqueidentifier', "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"], ['date', "'2024-02-29'"], ['datetime', "'2024-01-02 03:04:05.123'"], ['datetime2(3)', "'2024-01-02 03:04:05.678'"],
    ['smalldatetime', "'2024-01-02 03:04:00'"], ['time(3)', "'01:02:03.004'"], ['datetimeoffset', "'2024-01-02 03:04:05.678 +02:00'"], ['nvarchar(max)', "N'läng'"], ['varbinary(10)', "'abc'"], ['xml', "'<a>1</a>'"], ['char(4)', "'ab'"],
  ]) {
    await check(`value of ${type}`, async () => {
      const { recordset } = await pool.request().query(`SELECT CAST(${value} AS ${type}) AS v`);
      const { v: { type: columnType, length, scale, precision } } = recordset.columns;
      return [recordset[0].v, columnType.declaration, length, scale, precision];
    });
  }
  for (const [type, value] of [
    ['Int', 5], ['BigInt', '12'], ['VarChar', 'x'], ['NVarChar', null], ['NVarChar', undefined], ['Int', NaN], ['Bit', true], ['Float', 0.5], ['DateTime', new Date('2024-01-02T03:04:05.000Z')],
    ['VarBinary', Buffer.from([1, 2])], ['UniqueIdentifier', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'], ['Money', 1.25], ['NText', 'n'], ['Xml', '<a/>'], ['Int', 'no'], ['NVarChar', 5],
  ]) await check(`parameter ${type} ${String(value)}`, () => caught(async () => (await pool.request().input('p', sql[type], value).query('SELECT @p AS v')).recordset));
  await check('decimal parameter', () => caught(async () => (await pool.request().input('p', sql.Decimal(10, 2), 12.345).query('SELECT @p AS v')).recordset));

  await check('duplicate parameter', () => caught(() => pool.request().input('a', 1).input('a', 2)));
  await check('bad parameter name', () => caught(() => pool.request().input('a; DROP', 1)));
  await check('missing value', () => caught(() => pool.request().input('a')));
  await check('replace input', () => pool.request().input('a', sql.Int, 1).replaceInput('a', sql.Int, 2).query('SELECT @a AS a'));
  await check('error', () => caught(() => pool.request().query('SELECT * FROM nowhere')));
  await check('raiserror', () => caught(() => pool.request().query("RAISERROR('broken', 16, 3)")));
  await check('unique violation', async () => { await pool.request().query("INSERT INTO scratch (id, name) VALUES (7, 'a')"); const { code, number, class: severity } = await caught(() => pool.request().query("INSERT INTO scratch (id, name) VALUES (7, 'b')")); return { code, number, severity }; });
  await check('clean up', () => pool.request().query('DELETE FROM scratch'));
  await check('info', () => new Promise((resolve) => { const request = pool.request(); let seen; request.on('info', (info) => { seen = [info.message, info.number, info.class]; }); request.batch("PRINT 'hello'").then(() => resolve(seen)); }));
  await check('timeout', () => caught(() => new sql.Request(pool, { requestTimeout: 100 }).batch("WAITFOR DELAY '00:00:20'")));
  await check('cancel', () => caught(() => { const request = pool.request(); const running = request.batch("WAITFOR DELAY '00:00:20'"); setTimeout(() => request.cancel(), 100); return running; }));
  await check('usable afterwards', () => pool.request().query('SELECT 1 AS one'));

  await check('stream', () => new Promise((resolve) => {
    const seen = [];
    const request = pool.request();
    request.stream = true;
    request.on('recordset', (columns) => seen.push(['recordset', Object.keys(columns)]));
    request.on('row', (row) => seen.push(['row', row]));
    request.on('rowsaffected', (count) => seen.push(['rowsaffected', count]));
    request.on('error', (error) => seen.push(['error', errorOf(error)]));
    request.on('done', (result) => resolve([seen, result]));
    request.query('SELECT id FROM people ORDER BY id; SELECT * FROM nowhere');
  }));
  await check('array rows', () => { const request = pool.request(); request.arrayRowMode = true; return request.query('SELECT id, name FROM people WHERE id = 1').then(({ recordset, columns }) => [recordset, columns.map((each) => each.map((column) => column.name))]); });
  await check('value handler', async () => {
    sql.valueHandler.set(sql.TYPES.NVarChar, (value) => (value === null ? value : `<${value}>`));
    const { recordset } = await pool.request().query('SELECT name FROM people WHERE id = 1');
    sql.valueHandler.clear();
    return recordset;
  });

  await check('transaction', async () => {
    const seen = [];
    const transaction = new sql.Transaction(pool);
    for (const event of ['begin', 'commit', 'rollback']) transaction.on(event, (aborted) => seen.push([event, aborted]));
    seen.push((await transaction.begin()) === transaction);
    await new sql.Request(transaction).query("INSERT INTO scratch (id, name) VALUES (5, 'gone')");
    seen.push((await transaction.request().query('SELECT id FROM scratch')).recordset.length);
    seen.push(await transaction.rollback());
    seen.push((await pool.request().query('SELECT id FROM scratch')).recordset.length);
    return seen;
  });
  await check('transaction commit', async () => {
    const transaction = pool.transaction();
    await transaction.begin(sql.ISOLATION_LEVEL.SERIALIZABLE);
    await transaction.request().query("INSERT INTO scratch (id, name) VALUES (6, 'kept')");
    await transaction.commit();
    return (await pool.request().query('DELETE FROM scratch')).rowsAffected;
  });
  await check('transaction not begun', () => caught(() => new sql.Transaction(pool).commit()));
  await check('transaction begun twice', async () => { const transaction = new sql.Transaction(pool); await transaction.begin(); const seen = await caught(() => transaction.begin()); await transaction.rollback(); return seen; });
  await check('transaction callbacks', () => new Promise((resolve) => { const transaction = new sql.Transaction(pool); transaction.begin((error) => { transaction.request().query('SELECT 1 AS a', (failed, result) => { transaction.commit((end) => resolve([error, failed, result.recordset, end])); }); }); }));
  await check('transaction aborted', async () => {
    const transaction = new sql.Transaction(pool);
    const seen = [];
    transaction.on('rollback', (aborted) => seen.push(['rollback', aborted]));
    await transaction.begin();
    seen.push(await caught(() => transaction.request().batch("SET XACT_ABORT ON; RAISERROR('stop', 16, 1); SELECT * FROM nowhere")).then(({ code }) => code));
    return seen;
  });

  await check('prepared statement', async () => {
    const statement = new sql.PreparedStatement(pool);
    statement.input('id', sql.Int).input('name', sql.NVarChar(50));
    const seen = [(await statement.prepare('SELECT name FROM people WHERE id = @id OR name = @name')) === statement, statement.prepared];
    seen.push((await statement.execute({ id: 1, name: null })).recordset, (await statement.execute({ id: 99, name: 'Grace' })).recordset);
    seen.push(await statement.unprepare(), statement.prepared);
    return seen;
  });
  await check('prepared result', async () => { const statement = new sql.PreparedStatement(pool); await statement.prepare('SELECT 1 AS one'); const result = await statement.execute({}); await statement.unprepare(); return result; });
  await check('prepared not prepared', () => caught(() => new sql.PreparedStatement(pool).unprepare()));
  await check('prepared execute too soon', () => caught(() => new sql.PreparedStatement(pool).execute({})));
  await check('prepared twice', async () => { const statement = new sql.PreparedStatement(pool); await statement.prepare('SELECT 1 AS one'); const seen = await caught(() => statement.prepare('SELECT 1 AS one')); await statement.unprepare(); return seen; });

  await check('close', async () => [(await pool.close()) === pool, pool.connected]);
  await check('query after close', () => caught(() => pool.request().query('SELECT 1')));
  await check('close again', () => sql.close());
  await check('wrong password', () => caught(() => new sql.ConnectionPool(config({ password: 'wrong' })).connect()));
  await check('refused', async () => { const { name, code } = await caught(() => new sql.ConnectionPool(config({ port: 1 })).connect()); return { name, code }; });
  await check('connect callback', () => new Promise((resolve) => { const other = new sql.ConnectionPool(config(), (error) => { resolve([error, other.connected]); other.close(); }); }));
  await check('connect callback with error', () => new Promise((resolve) => { new sql.ConnectionPool(config({ password: 'wrong' }), (error) => resolve(errorOf(error))); }));
  const parse = (text) => caught(() => { const parsed = sql.ConnectionPool.parseConnectionString(text); return { server: parsed.server, port: parsed.port, user: parsed.user, password: parsed.password, database: parsed.database, encrypt: parsed.options.encrypt, trust: parsed.options.trustServerCertificate, instance: parsed.options.instanceName, timeout: parsed.connectionTimeout }; });
  await check('connection string', () => parse("Server=db.example.com,1444;Database=shop;User Id=me;Password='p;w';Encrypt=true"));
  await check('connection string with quotes', () => parse('Server=localhost;Database=shop;Uid=me;Pwd="p""w;x";TrustServerCertificate=True'));
  await check('connection string with instance', () => parse('Data Source=host\\SQLEXPRESS;Initial Catalog=shop;User ID=me;Password=p'));
  await check('connection string tcp', () => parse('Server=tcp:db.example.com,1433;Initial Catalog=shop;User ID=me;Password=p;Encrypt=False;Connection Timeout=30'));
  await check('connection string local', () => parse('Server=(local);Database=x;User Id=u;Password=p'));
  await check('connect by string', async () => {
    const other = await new sql.ConnectionPool(`Server=${env.DB_HOST},${env.DB_PORT};Database=${env.DB_DATABASE};User Id=${env.DB_USERNAME};Password="${env.DB_PASSWORD}";Encrypt=false;TrustServerCertificate=true`).connect();
    const { recordset } = await other.query`SELECT name FROM people WHERE id = ${1}`;
    await other.close();
    return recordset;
  });
};
