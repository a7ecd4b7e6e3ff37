using System.Text.Json;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace LazyMigrate.Core.Scripting.Modules.Argon2;

/// <summary>Argon2 (RFC 9106), bounded in memory, time and in how many at once.</summary>
internal sealed class Argon2Session(ModuleRun run) : IModuleSession
{
    private const int HighestMemoryKilobytes = 256 << 10;

    /// <summary>Memory times passes: 256 MiB four times takes about two seconds of one processor.</summary>
    private const long HighestWorkKilobytes = 4L * HighestMemoryKilobytes;
    private const int HighestLanes = 64;
    private const int LongestHash = 1_024;

    public bool ReachesOutside(string operation) => false;

    public async Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument)
    {
        if (operation != "hash")
        {
            throw new ModuleException("ERR_INVALID_STATE", "argon2 has no such operation.");
        }

        var password = ModuleJson.BytesOf(argument, "password");
        var length = Within(argument, "hashLength", 4, LongestHash);
        var parameters = Read(argument);
        return await ComputingSlots.ComputeAsync(() => ModuleAnswer.Bytes(Hash(parameters, password, length)), run.Ended).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static byte[] Hash(Argon2Parameters parameters, byte[] password, int length)
    {
        var generator = new Argon2BytesGenerator();
        generator.Init(parameters);
        var hash = new byte[length];
        generator.GenerateBytes(password, hash);
        return hash;
    }

    private static Argon2Parameters Read(JsonElement argument)
    {
        var memory = Within(argument, "memoryCost", 8, HighestMemoryKilobytes);
        var passes = Within(argument, "timeCost", 1, int.MaxValue);
        if ((long)memory * passes > HighestWorkKilobytes)
        {
            throw new ModuleException(
                "ERR_OUT_OF_RANGE",
                $"memoryCost times timeCost may be {HighestWorkKilobytes:N0} KiB at most, so that one log-in cannot hold a processor for long.");
        }

        return new Argon2Parameters.Builder(Within(argument, "type", Argon2Parameters.Argon2d, Argon2Parameters.Argon2id))
            .WithVersion(Within(argument, "version", Argon2Parameters.Version10, Argon2Parameters.Version13))
            .WithMemoryAsKB(memory)
            .WithIterations(passes)
            .WithParallelism(Within(argument, "parallelism", 1, HighestLanes))
            .WithSalt(ModuleJson.BytesOf(argument, "salt"))
            .WithSecret(ModuleJson.BytesOf(argument, "secret"))
            .WithAdditional(ModuleJson.BytesOf(argument, "data"))
            .Build();
    }

    private static int Within(JsonElement argument, string name, int lowest, int highest) =>
        ModuleJson.NumberOf(argument, name) is { } value && value >= lowest && value <= highest
            ? value
            : throw new ModuleException("ERR_OUT_OF_RANGE", $"Invalid {name}: LazyMigrate allows {lowest} to {highest}.");
}
