using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Packages;
using LazyMigrate.Tests.TestServices;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Scripting.Packages;

/// <summary>SDKs of identity services, brought along with all that they depend on, against stand-ins of those services.</summary>
public sealed class SdkPackageTests
{
    private const string Step = "const step = (asked) => asked.then((answer) => answer, (e) => [e.name, e.code, e.statusCode].filter((each) => each !== undefined));";

    [SkippableTheory]
    [InlineData("auth0-2")]
    [InlineData("auth0-3")]
    public async Task Auth0_OfVersions2And3_LogsInAndFindsUsers(string package) => await AssertAnswersAsync(
        package,
        """
        const { AuthenticationClient, ManagementClient } = require('auth0');
        const authentication = new AuthenticationClient({ domain, clientId: 'client', clientSecret: 'secret' });
        const grant = await step(authentication.passwordGrant({ username: query.email, password, realm: 'Users' }));
        const wrong = await step(authentication.passwordGrant({ username: query.email, password: 'wrong', realm: 'Users' }));
        const profile = await step(authentication.getProfile(grant.access_token));
        const management = new ManagementClient({ domain, clientId: 'client', clientSecret: 'secret', scope: 'read:users' });
        const users = await step(management.getUsers({ q: `email:"${query.email}"`, search_engine: 'v3' }));
        const byEmail = await step(management.getUsersByEmail(query.email));
        const one = await new Promise((done) => management.getUser({ id: 'auth0|1' }, (error, user) => done(error ?? user)));
        const refused = await step(new ManagementClient({ domain, token: 'another' }).getUsers());
        return [grant.access_token, wrong, profile.sub, users, byEmail[0].user_id, one.email, refused];
        """,
        """["granted",["invalid_grant",403],"auth0|1",[{"user_id":"auth0|1","email":"ada@example.com","email_verified":true}],"auth0|1","ada@example.com",["Refused",401]]""");

    [SkippableFact]
    public async Task Auth0_OfVersion4_LogsInAndFindsUsers() => await AssertAnswersAsync(
        "auth0-4",
        """
        const { AuthenticationClient, ManagementClient, UserInfoClient } = require('auth0');
        const authentication = new AuthenticationClient({ domain, clientId: 'client', clientSecret: 'secret' });
        const grant = await step(authentication.oauth.passwordGrant({ username: query.email, password, realm: 'Users' }));
        const wrong = await step(authentication.oauth.passwordGrant({ username: query.email, password: 'wrong', realm: 'Users' }));
        const profile = await step(new UserInfoClient({ domain }).getUserInfo(grant.data.access_token));
        const management = new ManagementClient({ domain, clientId: 'client', clientSecret: 'secret' });
        const users = await step(management.users.getAll({ q: `email:"${query.email}"` }));
        const byEmail = await step(management.usersByEmail.getByEmail({ email: query.email }));
        const one = await step(management.users.get({ id: 'auth0|1' }));
        const refused = await step(new ManagementClient({ domain, token: 'another' }).users.getAll());
        return [grant.data.access_token, wrong, profile.data.sub, users.data, byEmail.data[0].user_id, one.data.email, refused];
        """,
        """["granted",["AuthApiError",403],"auth0|1",[{"user_id":"auth0|1","email":"ada@example.com","email_verified":true}],"auth0|1","ada@example.com",["ManagementApiError",401]]""");

    [SkippableFact]
    public async Task AwsSdk_OfVersion2_LogsInAndReadsItems() => await AssertAnswersAsync(
        "aws-sdk",
        """
        const AWS = require('aws-sdk');
        AWS.config.update({ region: 'eu-west-1', accessKeyId: 'key', secretAccessKey: 'secret', maxRetries: 0 });
        const cognito = new AWS.CognitoIdentityServiceProvider({ endpoint: `https://${domain}/cognito` });
        const ask = (PASSWORD) => cognito.adminInitiateAuth({ AuthFlow: 'ADMIN_NO_SRP_AUTH', ClientId: 'x', UserPoolId: 'eu-west-1_a', AuthParameters: { USERNAME: query.email, PASSWORD } }).promise();
        const right = await step(ask(password));
        const wrong = await step(ask('wrong'));
        const documents = new AWS.DynamoDB.DocumentClient({ endpoint: `https://${domain}/dynamodb` });
        const { Item } = await documents.get({ TableName: 'users', Key: { email: query.email } }).promise();
        const nobody = await documents.get({ TableName: 'users', Key: { email: 'x' } }).promise();
        const found = await new Promise((done) => documents.query({ TableName: 'users', KeyConditionExpression: 'email = :e', ExpressionAttributeValues: { ':e': query.email } }, (error, data) => done(error ?? data)));
        const missing = await step(documents.get({ TableName: 'none', Key: { email: 'x' } }).promise());
        return [right.AuthenticationResult.RefreshToken, wrong, { ...Item, roles: Item.roles.values }, nobody.Item ?? null, found.Count, found.Items[0].age, missing];
        """,
        """["rAWS4-HMAC-SHA256",["NotAuthorizedException","NotAuthorizedException",400],{"email":"ada@example.com","age":36,"tags":["a",true,null],"nested":{"x":1.5},"roles":["admin","user"]},null,1,36,["ResourceNotFoundException","ResourceNotFoundException",400]]""");

    /// <summary>The body of a login function, with <c>domain</c> as host and port of the stand-ins, in a run with the ordinary limit of memory.</summary>
    private static async Task AssertAnswersAsync(string package, string body, string expected)
    {
        var packages = BroughtPackageTests.Installed(package);
        using var authority = new TestCertificates();
        using var certificate = authority.ForServer();
        await using var server = await TestHttpServer.StartAsync(certificate);
        await using var host = new ScriptHost(services => services.AddSingleton<IScriptPackageSource>(new FixedPackageSource(packages)));

        Assert.Equal(expected, await host.AnswerAsync(
            $"const domain = '{server.HostAndPort}'; {Step} {body}",
            request => request with
            {
                Access = new LegacyAccess([server.HostAndPort], null, []),
                Variables = new Dictionary<string, string> { ["NODE_TLS_REJECT_UNAUTHORIZED"] = "0" },
                Limits = new ScriptLimits { WallTime = TimeSpan.FromSeconds(20), CpuTime = TimeSpan.FromSeconds(15) },
            }));
    }
}
