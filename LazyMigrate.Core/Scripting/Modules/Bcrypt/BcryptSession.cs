using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BCryptNet = BCrypt.Net.BCrypt;

namespace LazyMigrate.Core.Scripting.Modules.Bcrypt;

/// <summary>Hashes and compares, bounded in cost and in how many at once.</summary>
internal sealed partial class BcryptSession(ModuleRun run) : IModuleSession
{
    /// <summary>One step more doubles the time; 14 takes about a second.</summary>
    private const int HighestCost = 14;
    private const int LowestCost = 4;

    public bool ReachesOutside(string operation) => false;

    public async Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument)
    {
        switch (operation)
        {
            case "genSalt":
                return ModuleAnswer.Text(GenerateSalt(argument));
            case "getRounds":
                return new ModuleAnswer($"{Rounds(ModuleJson.StringOf(argument, "hash"))}");
            case "hash" or "compare":
                break;
            default:
                throw new ModuleException("ERR_INVALID_STATE", "bcrypt has no such operation.");
        }

        return await ComputingSlots.ComputeAsync(() => operation == "hash" ? Hash(argument) : Compare(argument), run.Ended).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string PasswordOf(JsonElement argument) =>
        ModuleJson.StringOf(argument, "data") ?? throw new ModuleException("ERR_INVALID_ARG_TYPE", "data and hash arguments required: the password must be a string");

    private static ModuleAnswer Hash(JsonElement argument)
    {
        var salt = ModuleJson.StringOf(argument, "salt") ?? GenerateSalt(argument);
        if (!SaltRegex().IsMatch(salt))
        {
            throw new ModuleException("ERR_INVALID_ARG_VALUE", "Invalid salt. Salt must be in the form of: $Vers$log2(NumRounds)$saltvalue");
        }

        CheckCost(int.Parse(salt.AsSpan(4, 2), CultureInfo.InvariantCulture));
        return ModuleAnswer.Text(BCryptNet.HashPassword(PasswordOf(argument), salt));
    }

    private static ModuleAnswer Compare(JsonElement argument)
    {
        var password = PasswordOf(argument);
        var hash = ModuleJson.StringOf(argument, "hash")
            ?? throw new ModuleException("ERR_INVALID_ARG_TYPE", "data and hash arguments required: the hash must be a string");

        // A malformed hash matches nothing, as in the original.
        if (!HashRegex().IsMatch(hash))
        {
            return ModuleAnswer.Boolean(false);
        }

        CheckCost(int.Parse(hash.AsSpan(4, 2), CultureInfo.InvariantCulture));
        return ModuleAnswer.Boolean(BCryptNet.Verify(password, hash));
    }

    private static string GenerateSalt(JsonElement argument)
    {
        var rounds = Math.Max(LowestCost, ModuleJson.NumberOf(argument, "rounds") ?? 10);
        CheckCost(rounds);
        return BCryptNet.GenerateSalt(rounds, ModuleJson.StringOf(argument, "minor") == "a" ? 'a' : 'b');
    }

    private static int Rounds(string? hash) => hash is not null && HashRegex().IsMatch(hash)
        ? int.Parse(hash.AsSpan(4, 2), CultureInfo.InvariantCulture)
        : throw new ModuleException("ERR_INVALID_ARG_VALUE", "hash must be a bcrypt hash");

    private static void CheckCost(int cost)
    {
        if (cost > HighestCost)
        {
            throw new ModuleException("ERR_OUT_OF_RANGE", $"A bcrypt cost of {cost} is not allowed: at most {HighestCost}, so that one log-in cannot hold a processor for long.");
        }
    }

    [GeneratedRegex(@"^\$2[aby]\$(0[4-9]|[12][0-9]|3[01])\$[./A-Za-z0-9]{53}$")]
    private static partial Regex HashRegex();

    [GeneratedRegex(@"^\$2[aby]\$(0[4-9]|[12][0-9]|3[01])\$[./A-Za-z0-9]{22,53}$")]
    private static partial Regex SaltRegex();
}
