using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting;

public sealed class ScriptWarningsTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    [Theory]
    [InlineData("await client.query(`SELECT * FROM users WHERE email = '${query.email}'`);", "query-built-from-text", 20)]
    [InlineData("await client.query('SELECT * FROM users WHERE email = ' + query.email);", "query-built-from-text", 20)]
    [InlineData("await client.query('SELECT * ' + 'FROM users WHERE email = \"' + query.email + '\"', []);", "query-built-from-text", 20)]
    [InlineData("await pool.execute({ sql: `select 1 from users where name = ${query.username}` });", "query-built-from-text", 27)]
    [InlineData("await client.query({ text: 'WITH a AS (SELECT ' + query.id + ') SELECT 1' });", "query-built-from-text", 28)]
    [InlineData("db.prepare(`UPDATE users SET seen = 1 WHERE id = ${query.id}`).run();", "query-built-from-text", 12)]
    [InlineData("const sql = 'delete from users where id = ' + query.id; db.run(sql);", "query-built-from-text", 13)]
    [InlineData("const { Request } = tedious; new Request(`SELECT ${query.id}`, () => {});", "query-built-from-text", 42)]
    [InlineData("throw new PlaceholderError('Not written yet.');", "placeholder", 7)]
    [InlineData("const bcrypt = require('bcrypt'); if (bcrypt.compare(password, row.hash)) return null;", "missing-await", 39)]
    [InlineData("const b = require('bcryptjs'); if (!b.compare(password, row.hash)) throw new WrongPasswordError();", "missing-await", 37)]
    [InlineData("if (row && require('bcrypt').compare(password, row.hash)) return null;", "missing-await", 12)]
    [InlineData("const bcrypt = require('bcrypt'); const right = bcrypt.compare(password, row.hash); return right ? row : null;", "missing-await", 49)]
    [InlineData("if (client.query('SELECT 1')) return null;", "missing-await", 5)]
    [InlineData("return bcrypt.compareSync(password, row.hash) ? row : null;", "unavailable-global", 8)]
    [InlineData("return _.pick(row, ['id']);", "unavailable-global", 8)]
    [InlineData("return xpath.select('//a', row);", "unavailable-global", 8)]
    public void Inspect_WorthALook_IsAWarningAtItsPlace(string body, string code, int column)
    {
        var inspection = host.Inspector.Inspect(ScriptKind.Login, $"async function login(query, password) {{\n{body}\n}}");

        var problem = Assert.Single(inspection.Problems);
        Assert.Equal((ScriptProblemSeverity.Warning, code, new ScriptPosition(2, column), true), (problem.Severity, problem.Code, problem.Position, inspection.IsRunnable));
        Assert.EndsWith(".", problem.Message.Replace("`.", ".", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("await client.query('SELECT * FROM users WHERE email = $1', [query.email]);")]
    [InlineData("await client.query(`SELECT *\n FROM users\n WHERE email = $1`, [query.email]);")]
    [InlineData("await client.query('SELECT * ' + 'FROM users ' + `WHERE email = $1`, [query.email]);")]
    [InlineData("const table = 'people'; await client.query(`SELECT * FROM ${table} WHERE email = $1`, [query.email]);")]
    [InlineData("await client.query(`SELECT * FROM ${env.TABLE} WHERE email = $1`, [query.email]);")]
    [InlineData("await client.query('SELECT * FROM ' + process.env.TABLE + ' WHERE email = $1', [query.email]);")]
    [InlineData("await client.query({ text: 'SELECT 1', values: [`${query.email}`] });")]
    [InlineData("await sql.query`SELECT * FROM users WHERE email = ${query.email}`;")]
    [InlineData("await axios.get(`https://users.example.com/${query.email}`);")]
    [InlineData("await axios.get('https://users.example.com/' + query.email);")]
    [InlineData("map.get('user ' + query.email); map.get(`select-${query.email}`); list.all(`Select: ${query.email}`);")]
    [InlineData("const bcrypt = require('bcrypt'); if (!(await bcrypt.compare(password, row.hash))) throw new WrongPasswordError();")]
    [InlineData("const bcrypt = require('bcrypt'); const right = await bcrypt.compare(password, row.hash); if (right) return row;")]
    [InlineData("const bcrypt = require('bcrypt'); const right = bcrypt.compare(password, row.hash); if (await right) return row;")]
    [InlineData("const bcrypt = require('bcrypt'); let right = bcrypt.compare(password, row.hash); right = await right; if (right) return row;")]
    [InlineData("const bcrypt = require('bcrypt'); if (bcrypt.compareSync(password, row.hash)) return row;")]
    [InlineData("const bcrypt = require('bcrypt'); return bcrypt.compare(password, row.hash).then((right) => (right ? row : null));")]
    [InlineData("const bcrypt = require('bcrypt'); bcrypt.compare(password, row.hash, (error, right) => { if (right) done(); });")]
    [InlineData("const versions = require('assert'); if (versions.compare(1, 2)) return null;")]
    [InlineData("const _ = { pick() {} }; return _.pick(row);")]
    [InlineData("return { async: true, _: 1, request: row.request, jwt: row['jwt'] };")]
    [InlineData("return context.request.ip;")]
    [InlineData("return typeof bcrypt === 'undefined' ? null : row;")]
    [InlineData("for (const [_, value] of Object.entries(row)) console.log(value);")]
    [InlineData("list.map((_) => _.id); async () => {};")]
    [InlineData("throw new Error('User not found');")]
    public void Inspect_NothingToLookAt_IsSilent(string body) =>
        Assert.Empty(host.Inspector.Inspect(ScriptKind.Login, $"async function login(query, password, context) {{\n{body}\n}}").Problems);

    [Theory]
    [InlineData("function login(email, password, callback) { bcrypt.compare(password, 'x', (e, right) => right); }", "callback-never-called", 33)]
    [InlineData("function (email, password, callback) { return { user_id: 1 }; }", "callback-never-called", 28)]
    [InlineData("function login(email, password, callback) { xpath.each([], callback); }", "unavailable-global", 45)]
    [InlineData("function login(email, password, callback) { callback(null); } module.exports = (a) => a;", "unused-exports", 63)]
    [InlineData("function login(email, password, callback) { callback(null); } module.exports = { helper: 1 };", "unused-exports", 63)]
    public void Inspect_Auth0WorthALook_IsAWarning(string source, string code, int column)
    {
        var inspection = host.Inspector.Inspect(ScriptKind.Login, source);

        Assert.Equal(ScriptDialect.Auth0, inspection.Dialect);
        Assert.Equal((code, new ScriptPosition(1, column)), (Assert.Single(inspection.Problems).Code, inspection.Problems[0].Position));
    }

    [Theory]
    [InlineData("function login(email, password, callback) { bcrypt.compare(password, 'x', callback); }")]
    [InlineData("function login(email, password, callback) { request.get('https://example.com', (e) => callback(e)); }")]
    [InlineData("function login() { [].slice.call(arguments).pop()(null); }")]
    [InlineData("function login(email, password, callback) { callback(null); } module.exports = login;")]
    [InlineData("function login(email, password, callback) { callback(null); } module.exports = { login, helper: 1 };")]
    [InlineData("module.exports = function (email, password, callback) { callback(null); };")]
    public void Inspect_GoodAuth0_IsSilent(string source) => Assert.Empty(host.Inspector.Inspect(ScriptKind.Login, source).Problems);

    [Theory]
    [InlineData("async function searchUser(query) { if (!row) throw new Error('User not found'); }", 52)]
    [InlineData("async function searchUser(query) { throw new UserNotFoundError(); }", 42)]
    [InlineData("function getUser(email, callback) { callback(new WrongUsernameOrPasswordError(email)); }", 46)]
    public void Inspect_LookUpThrowsForNobody_IsAWarning(string source, int column)
    {
        var problem = Assert.Single(host.Inspector.Inspect(ScriptKind.SearchUser, source).Problems);

        Assert.Equal(("error-for-not-found", new ScriptPosition(1, column)), (problem.Code, problem.Position));
    }

    [Fact]
    public void Inspect_LookUpThrowsForOtherReasons_IsSilent() =>
        Assert.Empty(host.Inspector.Inspect(ScriptKind.SearchUser, "async function searchUser(query) { throw new Error('The service answered ' + 500); }").Problems);

    [Fact]
    public void Inspect_SeveralWarnings_ComeByTheirPlace()
    {
        var inspection = host.Inspector.Inspect(
            ScriptKind.Login,
            "async function login(query, password) {\n  if (client.query(`SELECT ${query.id}`)) return _.x;\n  throw new PlaceholderError();\n}");

        Assert.Equal(["missing-await", "query-built-from-text", "unavailable-global", "placeholder"], inspection.Problems.Select(problem => problem.Code));
    }
}
