using System.Globalization;
using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Core.CustomDatabases.Provisioning;

/// <summary>How provisioning the custom database went.</summary>
public abstract record ProvisioningResult
{
    private ProvisioningResult()
    {
    }

    /// <summary>It is stored, its scripts are published as version 1, and the mode is set.</summary>
    public sealed record Provisioned(CustomDatabaseSettings Settings) : ProvisioningResult;

    /// <summary>An earlier start was provisioned from the same files; whatever was changed in the console since stays.</summary>
    public sealed record Unchanged : ProvisioningResult;

    /// <summary>There is a custom database that does not come from these files. Nothing was overwritten.</summary>
    /// <param name="Name">How it is called.</param>
    public sealed record Differs(string Name) : ProvisioningResult;

    /// <summary>Nothing was stored.</summary>
    /// <param name="Faults">All that is wrong with the folder.</param>
    public sealed record Faulty(IReadOnlyList<FolderFault> Faults) : ProvisioningResult;
}

/// <summary>Something that is wrong with a folder to provision from.</summary>
/// <param name="File">The file's name in the folder; empty for the folder itself.</param>
/// <param name="Reason">What is wrong, and what to do. Never a value that may be a secret.</param>
/// <param name="Position">Where in the file, if known.</param>
public sealed record FolderFault(string File, string Reason, ScriptPosition? Position = null)
{
    /// <summary>For example <c>login.js:3:7: Unexpected token.</c></summary>
    public override string ToString()
    {
        var place = Position is null ? File : string.Create(CultureInfo.InvariantCulture, $"{File}:{Position.Line}:{Position.Column}");
        return place.Length == 0 ? Reason : $"{place}: {Reason}";
    }
}
