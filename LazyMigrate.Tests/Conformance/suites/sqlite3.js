// sqlite3, reading only: the file is opened with OPEN_READONLY in both.
module.exports = async (check, env) => {
  const sqlite3 = require('sqlite3').verbose();
  const open = (file, mode = sqlite3.OPEN_READONLY) => new Promise((resolve, reject) => {
    const opened = new sqlite3.Database(file, mode, (error) => (error ? reject(error) : resolve(opened)));
  });
  const db = await open(env.FILE);
  const asked = (target, method, ...args) => new Promise((resolve, reject) => {
    target[method](...args, (error, value) => (error ? reject(error) : resolve(value)));
  });

  await check('open', () => [db.open, db.filename === env.FILE, db instanceof sqlite3.Database]);
  await check('get', () => asked(db, 'get', 'SELECT * FROM people WHERE id = ?', 1));
  await check('get of list', () => asked(db, 'get', 'SELECT name FROM people WHERE id = ? AND name = ?', [2, 'Grace']));
  await check('get of several', () => asked(db, 'get', 'SELECT name FROM people WHERE id = ? AND name = ?', 2, 'Grace'));
  await check('get named', () => asked(db, 'get', 'SELECT $a AS a, :b AS b, @c AS c, $a AS again', { $a: 1, ':b': 'two', '@c': null }));
  await check('get numbered', () => asked(db, 'get', 'SELECT ?2 AS b, ?1 AS a', { 1: 'x', 2: 'y' }));
  await check('get nothing', () => asked(db, 'get', 'SELECT * FROM people WHERE id = 99'));
  await check('all', () => asked(db, 'all', 'SELECT id, name, score, picture FROM people ORDER BY id'));
  await check('all nothing', () => asked(db, 'all', 'SELECT * FROM people WHERE id = 99'));
  await check('types', () => asked(db, 'get', "SELECT 1 AS i, 1.5 AS r, 'x' AS t, NULL AS n, x'00ff' AS b, 9007199254740991 AS big, 1e999 AS inf"));
  await check('bound types', () => asked(db, 'get', 'SELECT typeof(?) AS a, typeof(?) AS b, ? AS t, ? AS d, ? AS buf, ? AS u', [1, 1.5, true, new Date(5), Buffer.from('hi'), undefined]));
  await check('too few', () => asked(db, 'get', 'SELECT ? AS a, ? AS b', [1]));
  await check('too many', () => asked(db, 'get', 'SELECT ? AS a', [1, 2]));
  await check('injection', () => asked(db, 'all', 'SELECT id FROM people WHERE name = ?', ["' OR 1=1 --"]));
  await check('each', () => new Promise((resolve) => {
    const seen = [];
    db.each('SELECT id FROM people WHERE id < ? ORDER BY id', 10, (error, row) => seen.push([error, row]), (error, count) => resolve([seen, error, count]));
  }));
  await check('map', () => asked(db, 'map', 'SELECT id, name FROM people ORDER BY id'));
  await check('this of get', () => new Promise((resolve) => { db.get('SELECT 1', function got() { resolve(this instanceof sqlite3.Statement); }); }));
  await check('run of a select', () => new Promise((resolve) => { db.run('SELECT 1', function ran(error) { resolve([error, this.changes]); }); }));
  await check('write', () => asked(db, 'run', "INSERT INTO people (name) VALUES ('x')"));
  await check('no table', () => asked(db, 'get', 'SELECT * FROM nowhere'));
  await check('syntax', () => asked(db, 'all', 'SELEC 1'));
  await check('exec', () => new Promise((resolve) => { db.exec('SELECT 1; SELECT 2;', (error) => resolve(error)); }));
  await check('exec error', () => asked(db, 'exec', 'SELECT * FROM nowhere'));
  await check('prepare', async () => {
    const statement = db.prepare('SELECT id, name FROM people WHERE id >= ? ORDER BY id');
    const rows = [await asked(statement, 'all', 1), await asked(statement, 'all', 2), await asked(statement, 'get', 1), await asked(statement, 'get'), await asked(statement, 'get')];
    const finalized = await new Promise((resolve) => { statement.finalize(() => resolve('finalized')); });
    return [rows, finalized];
  });
  await check('prepare bound', async () => { const statement = db.prepare('SELECT ? AS a', 5); const row = await asked(statement, 'get'); statement.finalize(); return row; });
  await check('prepare error', () => new Promise((resolve) => { db.prepare('SELECT * FROM nowhere', (error) => resolve(error)); }));
  await check('finalized', async () => { const statement = db.prepare('SELECT 1'); statement.finalize(); return asked(statement, 'get'); });
  await check('serialize', () => new Promise((resolve) => {
    const seen = [];
    db.serialize(() => {
      db.get('SELECT 1 AS n', (error, row) => seen.push(row.n));
      db.get('SELECT 2 AS n', (error, row) => { seen.push(row.n); resolve(seen); });
    });
  }));
  await check('chained', () => db.get('SELECT 1') === db && db.serialize() === db);
  await check('constants', () => [sqlite3.OPEN_READONLY, sqlite3.OPEN_READWRITE, sqlite3.OPEN_CREATE, sqlite3.BUSY, sqlite3.CANTOPEN]);
  await check('close', () => new Promise((resolve) => { db.close((error) => resolve(error)); }));
  await check('closed', () => asked(db, 'get', 'SELECT 1'));
  await check('missing file', () => open(`${env.FILE}.missing`));
  await check('not a database', async () => { const other = await open(env.TEXT_FILE); return asked(other, 'get', 'SELECT * FROM sqlite_master'); });
  await check('open event', () => new Promise((resolve) => { const other = new sqlite3.Database(env.FILE, sqlite3.OPEN_READONLY); other.on('open', () => other.close(() => resolve('opened'))); }));
  await check('error event', () => new Promise((resolve) => { new sqlite3.Database(`${env.FILE}.missing`, sqlite3.OPEN_READONLY).on('error', (error) => resolve(error)); }));
};
