using System.Net.Sockets;

namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>What Node calls the errors of sockets: https://nodejs.org/api/errors.html#common-system-errors.</summary>
internal static class SocketCodes
{
    public static string Of(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "ECONNREFUSED",
        SocketError.HostNotFound or SocketError.NoData => "ENOTFOUND",
        SocketError.TryAgain => "EAI_AGAIN",
        SocketError.TimedOut => "ETIMEDOUT",
        SocketError.HostUnreachable => "EHOSTUNREACH",
        SocketError.NetworkUnreachable => "ENETUNREACH",
        _ => "ECONNRESET",
    };

    /// <summary>The error of a connection that could not be opened, worded as Node words it.</summary>
    public static ModuleException ToConnectError(SocketException exception, string host, string hostAndPort)
    {
        var code = Of(exception);
        return code is "ENOTFOUND" or "EAI_AGAIN"
            ? new ModuleException(code, $"getaddrinfo {code} {host}") { Fields = Fields(code, "getaddrinfo") }
            : new ModuleException(code, $"connect {code} {hostAndPort}") { Fields = Fields(code, "connect") };
    }

    private static Dictionary<string, string> Fields(string code, string call) => new() { ["errno"] = NumberOf(code), ["syscall"] = call };

    /// <summary>Linux's number of the error, as Node on Linux gives it; a facade turns it into a number.</summary>
    private static string NumberOf(string code) => code switch
    {
        "ECONNREFUSED" => "-111",
        "ETIMEDOUT" => "-110",
        "EHOSTUNREACH" => "-113",
        "ENETUNREACH" => "-101",
        "ENOTFOUND" => "-3008",
        "EAI_AGAIN" => "-3001",
        _ => "-104",
    };
}
