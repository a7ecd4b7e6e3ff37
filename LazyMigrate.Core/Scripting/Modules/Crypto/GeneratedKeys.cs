using System.Security.Cryptography;
using System.Text.Json;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace LazyMigrate.Core.Scripting.Modules.Crypto;

/// <summary><c>crypto.generateKeyPair()</c>.</summary>
internal static class GeneratedKeys
{
    private const int LongestModulus = 4_096;

    public static ModuleAnswer Generate(JsonElement argument)
    {
        var key = ModuleJson.StringOf(argument, "type") switch
        {
            "rsa" => Rsa(ModuleJson.NumberOf(argument, "modulusLength") ?? 0),
            "ec" => EllipticCurve(ModuleJson.StringOf(argument, "namedCurve") ?? ""),
            _ => new Ed25519PrivateKeyParameters(new SecureRandom()),
        };
        return new ModuleAnswer(ModuleJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("privateKey");
            AsymmetricKey.OfPrivate(key).Write(writer);
            writer.WritePropertyName("publicKey");
            AsymmetricKey.OfPublic(Keys.PublicOf(key)).Write(writer);
            writer.WriteEndObject();
        }));
    }

    private static AsymmetricKeyParameter Rsa(int length)
    {
        if (length is < 512 or > LongestModulus)
        {
            throw new CryptoFailure("ERR_OUT_OF_RANGE", $"The value of \"options.modulusLength\" is out of range: LazyMigrate allows 512 to {LongestModulus}.") { Type = "RangeError" };
        }

        using var rsa = RSA.Create(length);
        return PrivateKeyFactory.CreateKey(rsa.ExportPkcs8PrivateKey());
    }

    private static AsymmetricKeyParameter EllipticCurve(string name)
    {
        var generator = new ECKeyPairGenerator("EC");
        generator.Init(new ECKeyGenerationParameters(Curves.Find(name), new SecureRandom()));
        return generator.GenerateKeyPair().Private;
    }
}
