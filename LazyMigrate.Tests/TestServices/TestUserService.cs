using System.Text;
using Microsoft.AspNetCore.Http;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A legacy system's own log-in over HTTP: ada@example.com with the password "opensesame", as JSON, as a form or by Basic authentication.</summary>
internal static class TestUserService
{
    public static async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = Uri.UnescapeDataString(await reader.ReadToEndAsync());
        var isKnown = HttpMethods.IsPost(context.Request.Method)
            ? body.Contains("ada@example.com", StringComparison.Ordinal) && body.Contains("opensesame", StringComparison.Ordinal)
            : context.Request.Path == "/login/1" || context.Request.Headers.Authorization == $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes("ada@example.com:opensesame"))}";
        if (isKnown)
        {
            await context.Response.WriteAsJsonAsync(new { user_id = "1", email = "ada@example.com", nickname = "ada" });
            return;
        }

        context.Response.StatusCode = HttpMethods.IsPost(context.Request.Method) ? 404 : 401;
        await context.Response.WriteAsJsonAsync(new { error = "unknown" });
    }
}
