using System.Text;
using Microsoft.AspNetCore.Http;

namespace LazyMigrate.Tests.TestServices;

/// <summary>The little of Amazon Cognito and DynamoDB that scripts ask, for ada@example.com with the password "opensesame".</summary>
internal static class TestAmazon
{
    private const string Item =
        """{"email":{"S":"ada@example.com"},"age":{"N":"36"},"tags":{"L":[{"S":"a"},{"BOOL":true},{"NULL":true}]},"nested":{"M":{"x":{"N":"1.5"}}},"roles":{"SS":["admin","user"]}}""";

    /// <summary>Answers by the operation that <c>X-Amz-Target</c> names.</summary>
    public static async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var operation = context.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1];
        var (status, answer) = operation switch
        {
            "InitiateAuth" or "AdminInitiateAuth" when body.Contains("opensesame", StringComparison.Ordinal) => (200, Tokens(context.Request.Headers.Authorization.ToString().Split(' ')[0])),
            "InitiateAuth" or "AdminInitiateAuth" => (400, """{"__type":"NotAuthorizedException","message":"Incorrect username or password."}"""),
            "GetItem" or "Query" when !body.Contains("\"users\"", StringComparison.Ordinal) => (400, """{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found"}"""),
            "GetItem" when body.Contains("ada@example.com", StringComparison.Ordinal) => (200, $$"""{"Item":{{Item}}}"""),
            "GetItem" => (200, "{}"),
            "Query" => (200, $$"""{"Items":[{{Item}}],"Count":1,"ScannedCount":1}"""),
            _ => (400, """{"__type":"UnknownOperationException"}"""),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.1";
        await context.Response.WriteAsync(answer);
    }

    /// <param name="signed">How the request was signed; a part of the refresh token, so that tests see it.</param>
    private static string Tokens(string signed)
    {
        var token = $"e30.{Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"sub":"s1","email":"ada@example.com","iat":1,"exp":4000000000}""")).TrimEnd('=')}.x";
        return $$$"""{"ChallengeParameters":{},"AuthenticationResult":{"IdToken":"{{{token}}}","AccessToken":"{{{token}}}","RefreshToken":"r{{{signed}}}","ExpiresIn":3600,"TokenType":"Bearer"}}""";
    }
}
