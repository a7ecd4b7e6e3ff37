using System.IO.Compression;
using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Modules.Zlib;

/// <summary>Compresses and decompresses whole texts, with a cap on what comes out.</summary>
internal sealed class ZlibSession : IModuleSession
{
    private const int LargestOutput = 8 << 20;

    public bool ReachesOutside(string operation) => false;

    public Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument)
    {
        using var input = new MemoryStream(ModuleJson.BytesOf(argument, "data"));
        using var output = new MemoryStream();
        var level = ModuleJson.NumberOf(argument, "level") switch
        {
            0 => CompressionLevel.NoCompression,
            1 => CompressionLevel.Fastest,
            9 => CompressionLevel.SmallestSize,
            _ => CompressionLevel.Optimal,
        };
        try
        {
            if (operation is "gzip" or "deflate" or "deflateRaw" or "brotliCompress")
            {
                using (var packing = Packing(operation, output, level))
                {
                    input.CopyTo(packing);
                }
            }
            else
            {
                using var unpacking = Unpacking(operation, input);
                CopyWithin(unpacking, output);
            }
        }
        catch (InvalidDataException)
        {
            return Task.FromResult(new ModuleAnswer("""{"failed":true}"""));
        }

        return Task.FromResult(ModuleAnswer.Bytes(output.GetBuffer().AsSpan(0, (int)output.Length)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Stream Packing(string operation, Stream output, CompressionLevel level) => operation switch
    {
        "gzip" => new GZipStream(output, level, leaveOpen: true),
        "deflate" => new ZLibStream(output, level, leaveOpen: true),
        "deflateRaw" => new DeflateStream(output, level, leaveOpen: true),
        _ => new BrotliStream(output, level, leaveOpen: true),
    };

    private static Stream Unpacking(string operation, Stream input) => operation switch
    {
        "gunzip" => new GZipStream(input, CompressionMode.Decompress),
        "inflate" => new ZLibStream(input, CompressionMode.Decompress),
        "inflateRaw" => new DeflateStream(input, CompressionMode.Decompress),
        "brotliDecompress" => new BrotliStream(input, CompressionMode.Decompress),
        _ => throw new ModuleException("ERR_INVALID_STATE", "zlib has no such operation."),
    };

    private static void CopyWithin(Stream from, MemoryStream to)
    {
        var buffer = new byte[16_384];
        int read;
        while ((read = from.Read(buffer)) > 0)
        {
            if (to.Length + read > LargestOutput)
            {
                throw new ModuleException("ERR_BUFFER_TOO_LARGE", $"Cannot create a Buffer larger than {LargestOutput} bytes");
            }

            to.Write(buffer, 0, read);
        }
    }
}
