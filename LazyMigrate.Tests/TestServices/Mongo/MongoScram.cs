using System.Security.Cryptography;
using System.Text;

namespace LazyMigrate.Tests.TestServices.Mongo;

/// <summary>The server's side of SCRAM-SHA-256: https://www.rfc-editor.org/rfc/rfc7677.</summary>
internal sealed class MongoScram(string username, string password)
{
    private const int Iterations = 4096;

    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(28);
    private string _clientFirst = "";
    private string _serverFirst = "";
    private string _name = "";

    /// <summary>Answers "n,,n=user,r=nonce".</summary>
    public byte[] Start(byte[] payload)
    {
        _clientFirst = Encoding.UTF8.GetString(payload)[3..];
        var fields = Fields(_clientFirst);
        _name = fields['n'].Replace("=3D", "=", StringComparison.Ordinal).Replace("=2C", ",", StringComparison.Ordinal);
        _serverFirst = $"r={fields['r']}{Convert.ToBase64String(RandomNumberGenerator.GetBytes(24))},s={Convert.ToBase64String(_salt)},i={Iterations}";
        return Encoding.UTF8.GetBytes(_serverFirst);
    }

    /// <summary>Answers "c=biws,r=nonce,p=proof", or null where it is wrong.</summary>
    public byte[]? Finish(byte[] payload)
    {
        var clientFinal = Encoding.UTF8.GetString(payload);
        var fields = Fields(clientFinal);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, _salt, Iterations, HashAlgorithmName.SHA256, 32);
        var message = Encoding.UTF8.GetBytes($"{_clientFirst},{_serverFirst},{clientFinal[..clientFinal.LastIndexOf(",p=", StringComparison.Ordinal)]}");
        var storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var signature = HMACSHA256.HashData(storedKey, message);
        var proof = Convert.FromBase64String(fields['p']);
        var clientKey = proof.Zip(signature, (a, b) => (byte)(a ^ b)).ToArray();
        return _name == username && fields['r'] == Fields(_serverFirst)['r'] && SHA256.HashData(clientKey).AsSpan().SequenceEqual(storedKey)
            ? Encoding.UTF8.GetBytes($"v={Convert.ToBase64String(HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), message))}")
            : null;
    }

    private static Dictionary<char, string> Fields(string message) => message.Split(',').ToDictionary(field => field[0], field => field[2..]);
}
