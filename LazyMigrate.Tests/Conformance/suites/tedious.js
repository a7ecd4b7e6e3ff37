// Each statement is T-SQL that the stand-in of the tests understands and a real server too.
module.exports = async (check, env) => {
  const { Connection, Request, TYPES, ISOLATION_LEVEL, ConnectionError, RequestError } = require('tedious');
  const tedious = require('tedious');
  const settings = (options = {}, login = {}) => ({
    server: env.DB_HOST,
    authentication: { type: 'default', options: { userName: env.DB_USERNAME, password: env.DB_PASSWORD, ...login } },
    options: { port: Number(env.DB_PORT), database: env.DB_DATABASE, encrypt: false, trustServerCertificate: true, ...options },
  });
  const open = (options, login) => new Promise((resolve, reject) => {
    const connection = new Connection(settings(options, login));
    connection.connect((error) => (error ? reject(error) : resolve(connection)));
  });
  const plain = (cells) => (Array.isArray(cells) ? cells.map((cell) => cell.value) : Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, cell.value])));
  const eventsOf = (request) => {
    const seen = [];
    request.on('columnMetadata', (columns) => seen.push(['columnMetadata', (Array.isArray(columns) ? columns : Object.values(columns)).map((column) => column.colName)]));
    request.on('row', (cells) => seen.push(['row', plain(cells)]));
    request.on('done', (count, more, rows) => seen.push(['done', count, more, rows && rows.map(plain)]));
    request.on('doneInProc', (count, more, rows) => seen.push(['doneInProc', count, more, rows && rows.map(plain)]));
    request.on('doneProc', (count, more, status, rows) => seen.push(['doneProc', count, more, status, rows && rows.map(plain)]));
    request.on('returnValue', (name, value) => seen.push(['returnValue', name, value]));
    request.on('requestCompleted', () => seen.push('requestCompleted'));
    return seen;
  };
  const errorOf = (error) => (error && {
    name: error.name, message: error.message, code: error.code, number: error.number, state: error.state, class: error.class, procName: error.procName,
    lineNumber: error.lineNumber, isRequestError: error instanceof RequestError, isConnectionError: error instanceof ConnectionError,
    errors: error.errors && error.errors.map((each) => each.message),
  });
  const run = (connection, sql, prepare = () => {}, how = 'execSql') => new Promise((resolve) => {
    const request = new Request(sql, (error, rowCount, rows) => {
      setImmediate(() => resolve({ error: errorOf(error), rowCount, rows: rows && rows.map(plain), seen }));
    });
    const seen = eventsOf(request);
    prepare(request);
    connection[how](request);
  });
  const connection = await open();
  await run(connection, 'DELETE FROM scratch');

  await check('exports', () => Object.keys(tedious).sort());
  await check('types', () => Object.keys(TYPES).sort());
  await check('type ids', () => Object.values(TYPES).map((type) => [type.name, type.id, type.type]).sort((a, b) => (a[0] < b[0] ? -1 : 1)));
  await check('isolation levels', () => ISOLATION_LEVEL);
  await check('select', () => run(connection, 'SELECT id, name FROM people ORDER BY id'));
  await check('one row', () => run(connection, 'SELECT name FROM people WHERE id = @id', (request) => request.addParameter('id', TYPES.Int, 1)));
  await check('no row', () => run(connection, 'SELECT name FROM people WHERE id = @id', (request) => request.addParameter('id', TYPES.Int, 99)));
  await check('injection is a value', () => run(connection, 'SELECT id FROM people WHERE name = @name', (request) => request.addParameter('name', TYPES.NVarChar, "' OR 1=1 --")));
  await check('injection in varchar', () => run(connection, 'SELECT id FROM people WHERE name = @name', (request) => request.addParameter('name', TYPES.VarChar, "x'; DROP TABLE people; --")));
  await check('top', () => run(connection, 'SELECT TOP 1 name FROM dbo.people ORDER BY id DESC'));
  await check('brackets', () => run(connection, 'SELECT [name] AS [full name] FROM [people] WHERE [id] = 1'));
  await check('isnull', () => run(connection, "SELECT ISNULL(note, 'none') AS note FROM people ORDER BY id"));
  await check('nulls', () => run(connection, 'SELECT id, born, note, photo FROM people ORDER BY id'));
  await check('no name', () => run(connection, 'SELECT 42'));
  await check('two of one name', () => run(connection, "SELECT 1 AS a, 'x' AS a"));
  await check('batch', () => run(connection, 'SELECT 1 AS a; SELECT 2 AS b', undefined, 'execSqlBatch'));
  await check('two results', () => run(connection, 'SELECT 1 AS a; SELECT name FROM people WHERE id = 2'));
  await check('insert', () => run(connection, "INSERT INTO scratch (id, name) VALUES (1, N'Ünï')"));
  await check('update', () => run(connection, "UPDATE scratch SET name = 'b' WHERE id = 1"));
  await check('delete', () => run(connection, 'DELETE FROM scratch WHERE id = 1'));
  await check('delete nothing', () => run(connection, 'DELETE FROM scratch WHERE id = 77'));
  await check('insert and select', () => run(connection, "INSERT INTO scratch (id, name) VALUES (2, 'two'); SELECT name FROM scratch WHERE id = 2; DELETE FROM scratch", undefined, 'execSqlBatch'));
  await check('nocount', () => run(connection, 'SET NOCOUNT ON; SELECT 1 AS a; SET NOCOUNT OFF', undefined, 'execSqlBatch'));
  await check('output parameter', () => run(connection, 'SET @double = @number * 2', (request) => {
    request.addParameter('number', TYPES.Int, 21);
    request.addOutputParameter('double', TYPES.Int);
  }));
  await check('output of a string', () => run(connection, "SET @word = 'hello'", (request) => request.addOutputParameter('word', TYPES.NVarChar, '', { length: 50 })));

  for (const [type, value] of [
    ['tinyint', '255'], ['smallint', '-32768'], ['int', '-2147483648'], ['bigint', '9223372036854775807'], ['bit', '1'],
    ['decimal(18, 4)', "'-12345.6789'"], ['decimal(38, 0)', "'12345678901234567890'"], ['decimal(9, 2)', "'0.10'"], ['money', "'-922.3375'"], ['smallmoney', "'214748.3647'"],
    ['float', "'0.1'"], ['real', "'1.5'"], ['real', "'0.1'"], ['uniqueidentifier', "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"],
    ['date', "'2024-02-29'"], ['date', "'0001-01-01'"], ['datetime', "'2024-01-02 03:04:05.123'"], ['datetime', "'1753-01-01'"], ['smalldatetime', "'2024-01-02 03:04:00'"],
    ['datetime2(3)', "'2024-01-02 03:04:05.678'"], ['datetime2', "'2024-01-02 03:04:05.1234567'"], ['datetime2(0)', "'9999-12-31 23:59:59'"], ['time(3)', "'23:59:58.123'"], ['time', "'00:00:00.0000001'"],
    ['datetimeoffset', "'2024-01-02 03:04:05.678 +02:00'"], ['char(5)', "'ab'"], ['varchar(10)', "'caf\u00e9'"], ['nchar(4)', "N'ü'"], ['nvarchar(10)', "N'日本'"],
    ['varchar(max)', "'long'"], ['nvarchar(max)', "N'läng'"], ['binary(4)', "'ab'"], ['varbinary(10)', "'abc'"], ['varbinary(max)', "'abcd'"], ['xml', "'<a>1</a>'"], ['sql_variant', '7'], ['sql_variant', "N'v'"],
  ]) {
    await check(`value of ${type} ${value}`, async () => {
      let metadata;
      const { rows, error } = await (async () => {
        const collected = [];
        const seen = await run(connection, `SELECT CAST(${value} AS ${type}) AS v`, (request) => request.on('row', (cells) => { collected.push(cells[0].value); metadata = cells[0].metadata; }));
        return { rows: collected, error: seen.error };
      })();
      return [rows, typeof rows[0], metadata && metadata.type.name, metadata && metadata.dataLength, metadata && metadata.precision, metadata && metadata.scale, rows[0] && rows[0].nanosecondsDelta, error];
    });
  }
  for (const [type, value, options] of [
    ['Int', 5], ['Int', '6'], ['Int', null], ['TinyInt', 255], ['SmallInt', -5], ['BigInt', '9223372036854775807'], ['BigInt', 12n], ['Bit', true], ['Bit', 0], ['Bit', 'x'],
    ['Float', 0.1], ['Real', 1.5], ['Decimal', 12.345, { precision: 10, scale: 2 }], ['Decimal', 1.5], ['Numeric', -7.25, { precision: 5, scale: 2 }], ['Money', 12.34], ['SmallMoney', -1.5],
    ['NVarChar', 'Ünï 日本'], ['NVarChar', ''], ['NVarChar', 'x'.repeat(5000)], ['VarChar', 'café'], ['Char', 'abc', { length: 5 }], ['NChar', 'ab', { length: 3 }],
    ['UniqueIdentifier', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'], ['VarBinary', Buffer.from([0, 255])], ['Binary', Buffer.from([1, 2])], ['VarBinary', null],
    ['Date', new Date('2024-02-29T12:00:00Z')], ['DateTime', new Date('2024-01-02T03:04:05.123Z')], ['DateTime2', new Date('2024-01-02T03:04:05.678Z')], ['DateTime2', '2024-01-02T03:04:05Z'],
    ['SmallDateTime', new Date('2024-01-02T03:04:00Z')], ['Time', new Date('1970-01-01T03:04:05.678Z')], ['DateTimeOffset', new Date('2024-01-02T03:04:05.678Z')], ['DateTime2', new Date('2024-01-02T03:04:05.678Z'), { scale: 1 }],
  ]) {
    await check(`parameter ${type} ${String(value).slice(0, 20)}`, async () => {
      const seen = await run(connection, 'SELECT @p AS v', (request) => request.addParameter('p', TYPES[type], value, options));
      return [seen.error, seen.seen.find(([what]) => what === 'row')];
    });
  }
  for (const [type, value] of [['Int', 'x'], ['Int', 3e9], ['TinyInt', -1], ['NVarChar', 5], ['VarChar', {}], ['UniqueIdentifier', 'no'], ['VarBinary', 'text'], ['DateTime', 'never'], ['DateTime', new Date('1700-01-01')], ['Float', 'x'], ['BigInt', 1n << 70n]]) {
    await check(`refused ${type} ${String(value)}`, () => run(connection, 'SELECT @p AS v', (request) => request.addParameter('p', TYPES[type], value)));
  }

  await check('invalid object', () => run(connection, 'SELECT * FROM nowhere'));
  await check('invalid column', () => run(connection, 'SELECT nothing FROM people'));
  await check('undeclared variable', () => run(connection, 'SELECT @nothing AS v'));
  await check('raiserror', () => run(connection, "SELECT 1 AS a; RAISERROR('broken', 16, 3)", undefined, 'execSqlBatch'));
  await check('throw', () => run(connection, "THROW 51000, 'thrown', 1"));
  await check('error after rows', () => run(connection, "SELECT name FROM people ORDER BY id; RAISERROR('late', 14, 2)"));
  await check('error messages are events', async () => {
    const seen = [];
    const onError = (message) => seen.push(['errorMessage', message.name, message.event, message.number, message.state, message.class, message.message, message.procName]);
    const onInfo = (message) => seen.push(['infoMessage', message.name, message.event, message.number, message.class, message.message]);
    connection.on('errorMessage', onError).on('infoMessage', onInfo);
    await run(connection, "PRINT 'hello'; RAISERROR('bad', 15, 1)", undefined, 'execSqlBatch');
    connection.removeListener('errorMessage', onError);
    connection.removeListener('infoMessage', onInfo);
    return seen;
  });

  await check('procedure', () => run(connection, 'find_person', (request) => {
    request.addParameter('id', TYPES.Int, 1);
    request.addOutputParameter('total', TYPES.Int);
  }, 'callProcedure'));
  await check('procedure missing', () => run(connection, 'no_procedure', undefined, 'callProcedure'));

  await check('prepare and execute', () => new Promise((resolve) => {
    const results = [];
    const request = new Request('SELECT name FROM people WHERE id = @id', (error, rowCount) => {
      results.push([errorOf(error), rowCount]);
      if (results.length === 1) setImmediate(() => connection.execute(request, { id: 2 }));
      else if (results.length === 2) setImmediate(() => connection.unprepare(request));
      else resolve([results, seen]);
    });
    const seen = [];
    request.on('row', (cells) => seen.push(plain(cells)));
    request.addParameter('id', TYPES.Int);
    request.on('prepared', () => { seen.push(['prepared', typeof request.handle]); connection.execute(request, { id: 1 }); });
    connection.prepare(request);
  }));

  const transact = (method, ...args) => new Promise((resolve) => { connection[method]((error) => resolve(errorOf(error)), ...args); });
  await check('transaction', async () => {
    const seen = [await transact('beginTransaction'), connection.inTransaction];
    await run(connection, "INSERT INTO scratch (id, name) VALUES (5, 'gone')");
    seen.push((await run(connection, 'SELECT id FROM scratch')).rowCount, await transact('rollbackTransaction'), connection.inTransaction);
    seen.push((await run(connection, 'SELECT id FROM scratch')).rowCount);
    return seen;
  });
  await check('transaction with level', async () => [
    await transact('beginTransaction', 'named', ISOLATION_LEVEL.SERIALIZABLE),
    await transact('commitTransaction'),
  ]);
  await check('commit without begin', () => transact('commitTransaction'));
  await check('transaction helper', () => new Promise((resolve) => {
    connection.transaction((error, done) => {
      const request = new Request("INSERT INTO scratch (id, name) VALUES (6, 'kept')", (failed, count) => done(failed, (end) => resolve([errorOf(error), errorOf(failed), count, errorOf(end)])));
      connection.execSql(request);
    });
  }));
  await check('bad level', () => connection.beginTransaction(() => {}, '', 9));

  await check('busy', () => new Promise((resolve) => {
    const first = new Request('SELECT 1 AS a', () => {});
    const second = new Request('SELECT 2 AS a', (error) => resolve(errorOf(error)));
    first.on('requestCompleted', () => {});
    connection.execSql(first);
    connection.execSql(second);
  }));
  await check('after busy', () => new Promise((resolve) => { setTimeout(resolve, 50); }));
  await check('cancel', () => new Promise((resolve) => {
    const request = new Request("WAITFOR DELAY '00:00:20'", (error, rowCount) => resolve([errorOf(error), rowCount]));
    connection.execSqlBatch(request);
    setTimeout(() => connection.cancel(), 50);
  }));
  await check('cancel nothing', () => connection.cancel());
  await check('request timeout', () => new Promise((resolve) => {
    const request = new Request("WAITFOR DELAY '00:00:20'", (error) => resolve(errorOf(error)));
    request.setTimeout(100);
    connection.execSqlBatch(request);
  }));
  await check('usable afterwards', () => run(connection, 'SELECT 1 AS a'));
  await check('state', () => [connection.state.name, connection.state === connection.STATE.LOGGED_IN, connection.closed]);
  await check('connect twice', () => connection.connect());

  const collecting = await open({ rowCollectionOnRequestCompletion: true, rowCollectionOnDone: true });
  await check('row collection', () => run(collecting, 'SELECT id FROM people ORDER BY id; SELECT 9 AS nine'));
  collecting.close();
  const named = await open({ useColumnNames: true, rowCollectionOnRequestCompletion: true });
  await check('column names', () => run(named, 'SELECT id, name, 1 AS id FROM people WHERE id = 1'));
  await check('column names prototype', () => new Promise((resolve) => {
    let seen;
    const request = new Request('SELECT 1 AS a', () => setImmediate(() => resolve(seen)));
    request.on('row', (cells) => { seen = [Object.getPrototypeOf(cells), Object.keys(cells.a)]; });
    named.execSql(request);
  }));
  named.close();
  const camel = await open({ camelCaseColumns: true, lowerCaseGuids: true });
  await check('camel case', () => run(camel, "SELECT CAST('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11' AS uniqueidentifier) AS UserId"));
  camel.close();
  const local = await open({ useUTC: false });
  await check('local time', async () => (await run(local, "SELECT CAST('2024-07-02 03:04:05' AS datetime2(0)) AS v, CAST('2024-07-02' AS date) AS d")).seen[1]);
  await check('local parameter', async () => (await run(local, 'SELECT @p AS v', (request) => request.addParameter('p', TYPES.DateTime, new Date('2024-07-02T03:04:05.000Z')))).seen[1]);
  local.close();

  const failure = (options, login, server) => new Promise((resolve) => {
    const seen = [];
    const failing = new Connection({ ...settings(options, login), ...server });
    failing.on('end', () => resolve(seen));
    failing.on('error', (error) => seen.push(['error', errorOf(error)]));
    failing.on('errorMessage', (message) => seen.push(['errorMessage', message.number, message.message]));
    failing.connect((error) => seen.push(['connect', errorOf(error), error && error.cause && error.cause.code]));
  });
  await check('wrong password', () => failure({}, { password: 'wrong' }));
  await check('unknown user', () => failure({}, { userName: "nobody' --" }));
  await check('refused', async () => (await failure({ port: 1 })).map(([event, error]) => [event, error.code, error.isConnectionError]));
  await check('no config', () => new Connection());
  await check('no server', () => new Connection({}));
  await check('bad port', () => new Connection(settings({ port: 70000 })));
  await check('bad option', () => new Connection(settings({ useUTC: 'yes' })));
  await check('bad user', () => new Connection(settings({}, { userName: 5 })));
  await check('port and instance', () => new Connection(settings({ instanceName: 'SQLEXPRESS' })));

  await check('connect event', () => new Promise((resolve) => {
    const seen = [];
    const other = new Connection(settings());
    other.on('connect', (error) => { seen.push(['connect', error]); other.close(); });
    other.on('end', () => resolve(seen));
    other.connect();
  }));
  await check('tedious.connect', () => new Promise((resolve) => {
    const other = tedious.connect(settings(), (error) => { resolve([error, other.state.name]); other.close(); });
  }));
  await check('close', () => new Promise((resolve) => { connection.on('end', () => resolve([connection.closed, connection.state.name])); connection.close(); }));
  await check('query after close', () => run(connection, 'SELECT 1 AS a'));
};
