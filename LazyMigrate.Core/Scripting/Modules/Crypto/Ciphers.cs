using System.Security.Cryptography;
using System.Text.Json;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace LazyMigrate.Core.Scripting.Modules.Crypto;

/// <summary>AES and triple DES. Stateless: a call has everything that a cipher was given so far, and is answered with all of its output so far.</summary>
internal static class Ciphers
{
    private const int TagLength = 16;

    /// <summary>As <c>crypto.getCiphers()</c> names them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. from size in new[] { 128, 192, 256 }
           from mode in new[] { "cbc", "cfb", "ctr", "ecb", "gcm", "ofb" }
           select $"aes-{size}-{mode}",
        "aes128", "aes192", "aes256", "des-ede3", "des-ede3-cbc", "des3",
    ];

    public static ModuleAnswer Describe(JsonElement argument) => Find(argument) is { } cipher
        ? new ModuleAnswer(ModuleJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("mode", cipher.Mode);
            writer.WriteNumber("keyLength", cipher.KeyLength);
            writer.WriteNumber("ivLength", cipher.IvLength);
            writer.WriteNumber("blockSize", cipher.IsBlockMode ? cipher.BlockSize : 1);
            writer.WriteBoolean("authenticated", cipher.Mode == "gcm");
            writer.WriteEndObject();
        }))
        : ModuleAnswer.Null;

    public static ModuleAnswer Run(JsonElement argument)
    {
        var cipher = Find(argument) ?? throw new CryptoFailure("ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher");
        var key = new KeyParameter(ModuleJson.BytesOf(argument, "key"));
        var iv = ModuleJson.StringOf(argument, "iv") is null ? [] : ModuleJson.BytesOf(argument, "iv");
        var data = ModuleJson.BytesOf(argument, "data");
        var isFinal = IsTrue(argument, "final");
        var decrypts = IsTrue(argument, "decrypt");
        if (cipher.Mode == "gcm")
        {
            return Gcm(argument, cipher.Engine(), key, iv, data, isFinal, decrypts);
        }

        var output = cipher.IsBlockMode
            ? Blocks(cipher, key, iv, data, isFinal, decrypts, IsTrue(argument, "padding"))
            : Stream(cipher, key, iv, data, decrypts);
        return Output(output, null);
    }

    private static byte[] Blocks(CipherKind cipher, KeyParameter key, byte[] iv, byte[] data, bool isFinal, bool decrypts, bool pads)
    {
        var size = cipher.BlockSize;
        var whole = data.Length / size * size;
        if (isFinal && whole != data.Length && (decrypts || !pads))
        {
            throw CryptoFailure.OpenSsl("ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH", "1C80006B", "Provider routines", "wrong final block length");
        }

        if (isFinal && decrypts && pads && whole == 0)
        {
            throw CryptoFailure.OpenSsl("ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH", "1C80006B", "Provider routines", "wrong final block length");
        }

        if (!isFinal)
        {
            // The last block may be the padding: OpenSSL holds it back, and so do we.
            whole = decrypts && pads && whole == data.Length && whole > 0 ? whole - size : whole;
            return Process(cipher.BlockMode(), cipher.Parameters(key, iv), data.AsSpan(0, whole), decrypts);
        }

        if (!decrypts && pads)
        {
            var padded = new byte[whole + size];
            data.CopyTo(padded, 0);
            Array.Fill(padded, (byte)(padded.Length - data.Length), data.Length, padded.Length - data.Length);
            data = padded;
        }

        var output = Process(cipher.BlockMode(), cipher.Parameters(key, iv), data, decrypts);
        if (!decrypts || !pads)
        {
            return output;
        }

        int count = output[^1];
        if (count < 1 || count > size || output.AsSpan(output.Length - count).ContainsAnyExcept((byte)count))
        {
            throw CryptoFailure.OpenSsl("ERR_OSSL_BAD_DECRYPT", "1C800064", "Provider routines", "bad decrypt");
        }

        return output[..^count];
    }

    private static byte[] Process(IBlockCipherMode mode, ICipherParameters parameters, ReadOnlySpan<byte> data, bool decrypts)
    {
        mode.Init(!decrypts, parameters);
        var output = new byte[data.Length];
        for (var at = 0; at < data.Length; at += mode.GetBlockSize())
        {
            mode.ProcessBlock(data[at..], output.AsSpan(at));
        }

        return output;
    }

    private static byte[] Stream(CipherKind cipher, KeyParameter key, byte[] iv, byte[] data, bool decrypts)
    {
        // Filled up to whole blocks, because the output of a byte depends on no later one.
        var padded = new byte[(data.Length + cipher.BlockSize - 1) / cipher.BlockSize * cipher.BlockSize];
        data.CopyTo(padded, 0);
        return Process(cipher.BlockMode(), cipher.Parameters(key, iv), padded, decrypts)[..data.Length];
    }

    private static ModuleAnswer Gcm(JsonElement argument, IBlockCipher engine, KeyParameter key, byte[] iv, byte[] data, bool isFinal, bool decrypts)
    {
        var aad = ModuleJson.StringOf(argument, "aad") is null ? [] : ModuleJson.BytesOf(argument, "aad");
        var output = SealGcm(engine, key, iv, [], data)[..data.Length];
        if (!isFinal)
        {
            return Output(output, null);
        }

        var tag = SealGcm(engine, key, iv, aad, decrypts ? output : data)[data.Length..];
        if (!decrypts)
        {
            return Output(output, tag[..(ModuleJson.NumberOf(argument, "tagLength") is >= 4 and <= TagLength and var length ? length : TagLength)]);
        }

        var given = ModuleJson.StringOf(argument, "tag") is null ? [] : ModuleJson.BytesOf(argument, "tag");
        return given.Length >= 4 && CryptographicOperations.FixedTimeEquals(given, tag.AsSpan(0, Math.Min(given.Length, TagLength)))
            ? Output(output, null)
            : throw new CryptoFailure(null, "Unsupported state or unable to authenticate data");
    }

    /// <summary>The key stream is the same in both directions, so sealing decrypts too; behind it comes the tag.</summary>
    private static byte[] SealGcm(IBlockCipher engine, KeyParameter key, byte[] iv, byte[] aad, byte[] data)
    {
        var gcm = new GcmBlockCipher(engine);
        gcm.Init(true, new AeadParameters(key, TagLength * 8, iv, aad));
        var output = new byte[gcm.GetOutputSize(data.Length)];
        var count = gcm.ProcessBytes(data, 0, data.Length, output, 0);
        gcm.DoFinal(output, count);
        return output;
    }

    private static ModuleAnswer Output(byte[] output, byte[]? tag) => new(ModuleJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBase64String("output", output);
        if (tag is not null)
        {
            writer.WriteBase64String("tag", tag);
        }

        writer.WriteEndObject();
    }));

    private static bool IsTrue(JsonElement argument, string name) => argument.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.True;

    private static CipherKind? Find(JsonElement argument)
    {
        var name = (ModuleJson.StringOf(argument, "algorithm") ?? "").ToLowerInvariant();
        name = name switch
        {
            "aes128" or "aes192" or "aes256" => $"aes-{name[3..]}-cbc",
            "id-aes128-gcm" or "id-aes192-gcm" or "id-aes256-gcm" => $"aes-{name[6..9]}-gcm",
            "des3" => "des-ede3-cbc",
            "des-ede3" or "des-ede3-ecb" => "des-ede3-ecb",
            _ => name,
        };
        return name.Split('-') switch
        {
            ["aes", "128" or "192" or "256", "cbc" or "ecb" or "ctr" or "cfb" or "ofb" or "gcm"] parts =>
                new CipherKind(parts[2], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) / 8, static () => new AesEngine()),
            ["des", "ede3", "cbc" or "ecb"] parts => new CipherKind(parts[2], 24, static () => new DesEdeEngine()),
            _ => null,
        };
    }

    private sealed record CipherKind(string Mode, int KeyLength, Func<IBlockCipher> Engine)
    {
        public int BlockSize => Engine().GetBlockSize();

        public int IvLength => Mode switch
        {
            "ecb" => 0,
            "gcm" => 12,
            _ => BlockSize,
        };

        public bool IsBlockMode => Mode is "cbc" or "ecb";

        public IBlockCipherMode BlockMode() => Mode switch
        {
            "cbc" => new CbcBlockCipher(Engine()),
            "ecb" => new EcbBlockCipher(Engine()),
            "cfb" => new CfbBlockCipher(Engine(), BlockSize * 8),
            "ofb" => new OfbBlockCipher(Engine(), BlockSize * 8),
            _ => new SicBlockCipher(Engine()),
        };

        public ICipherParameters Parameters(KeyParameter key, byte[] iv) => Mode == "ecb" ? key : new ParametersWithIV(key, iv);
    }
}
