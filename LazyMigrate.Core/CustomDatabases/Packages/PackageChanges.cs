using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Core.CustomDatabases.Packages;

/// <summary>A package in a list.</summary>
/// <param name="Missing">What it depends on and neither is brought along nor built in, as <c>name@range</c>.</param>
/// <param name="UsedBy">Published scripts that need it.</param>
public sealed record PackageSummary(
    Guid Id,
    string Name,
    string Version,
    string? License,
    string Integrity,
    long ArchiveLength,
    long UnpackedLength,
    int FileCount,
    bool HasInstallScripts,
    string? AddedBy,
    DateTimeOffset AddedAt,
    IReadOnlyList<string> Missing,
    IReadOnlyList<ScriptKind> UsedBy);

/// <summary>How adding a package went.</summary>
public abstract record PackageAddition
{
    private PackageAddition()
    {
    }

    /// <param name="Missing">As <see cref="PackageSummary.Missing"/>: bring these along as well.</param>
    public sealed record Added(string Name, string Version, string? License, bool HasInstallScripts, IReadOnlyList<string> Missing) : PackageAddition;

    /// <summary>Exactly this tarball was there already.</summary>
    public sealed record AlreadyThere(string Name, string Version) : PackageAddition;

    /// <param name="Reason">One or two sentences for whoever chose the file.</param>
    public sealed record Refused(string Reason) : PackageAddition;
}

/// <summary>How removing a package went.</summary>
public abstract record PackageRemoval
{
    private PackageRemoval()
    {
    }

    public sealed record Removed : PackageRemoval;

    /// <summary>It was not there.</summary>
    public sealed record Gone : PackageRemoval;

    /// <param name="Scripts">The published scripts that need it.</param>
    public sealed record InUse(IReadOnlyList<ScriptKind> Scripts) : PackageRemoval;
}
