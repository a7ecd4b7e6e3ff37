namespace LazyMigrate.Core.Scripting.Contracts;

/// <summary>The dialects, and which of them a script is written in.</summary>
public sealed class ScriptContracts(IEnumerable<IScriptContract> contracts)
{
    private readonly IScriptContract[] _contracts = [.. contracts];

    public IScriptContract Of(ScriptDialect dialect) => _contracts.First(contract => contract.Dialect == dialect);

    /// <summary>Finds out by reading the script; one that cannot be read is taken for the default dialect, and fails when it is run.</summary>
    /// <param name="kind">What the script is for.</param>
    /// <param name="source">The script as the administrator wrote it.</param>
    /// <param name="dialect">The dialect that somebody chose by hand, if any; does not count for the optional scripts, which have one only.</param>
    public IScriptContract For(ScriptKind kind, string source, ScriptDialect? dialect = null) =>
        Of((ScriptReading.HasDialects(kind) ? dialect : null) ?? (source.Length > new ScriptLimits().SourceLength ? ScriptDialect.Authing : ScriptReading.Of(kind, source).Dialect));
}
