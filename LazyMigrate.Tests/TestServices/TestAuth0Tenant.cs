using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace LazyMigrate.Tests.TestServices;

/// <summary>The little of an Auth0 tenant that its SDK asks: tokens signed with RS256, their keys, and one user whose password is "opensesame".</summary>
internal static class TestAuth0Tenant
{
    private static readonly RSA s_key = RSA.Create(2048);

    private static readonly object s_user = new { user_id = "auth0|1", email = "ada@example.com", email_verified = true };

    public static async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var isAuthorized = context.Request.Headers.Authorization == "Bearer granted";
        object answer = context.Request.Path.Value switch
        {
            "/.well-known/jwks.json" => new { keys = new[] { Jwk() } },
            "/oauth/token" when body.Contains("client_credentials", StringComparison.Ordinal) || body.Contains("opensesame", StringComparison.Ordinal) =>
                new { access_token = "granted", id_token = IdToken(context.Request.Host.Value!), token_type = "Bearer", expires_in = 86400 },
            "/oauth/token" => Refuse(context, 403, new { error = "invalid_grant", error_description = "Wrong email or password." }),
            "/userinfo" when isAuthorized => new { sub = "auth0|1", email = "ada@example.com" },
            "/api/v2/users" or "/api/v2/users-by-email" when isAuthorized => new[] { s_user },
            "/api/v2/users/auth0|1" when isAuthorized => s_user,
            _ => Refuse(context, isAuthorized ? 404 : 401, new { statusCode = isAuthorized ? 404 : 401, error = "Refused", message = "Refused by the stand-in" }),
        };
        await context.Response.WriteAsJsonAsync(answer);
    }

    private static object Refuse(HttpContext context, int status, object answer)
    {
        context.Response.StatusCode = status;
        return answer;
    }

    private static object Jwk()
    {
        var key = s_key.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = "k1", n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent) };
    }

    private static string IdToken(string host)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var head = Part(new { alg = "RS256", kid = "k1", typ = "JWT" });
        var payload = Part(new { iss = $"https://{host}/", sub = "auth0|1", aud = "client", iat = now, exp = now + 3600, email = "ada@example.com" });
        return $"{head}.{payload}.{Base64Url.EncodeToString(s_key.SignData(System.Text.Encoding.ASCII.GetBytes($"{head}.{payload}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
