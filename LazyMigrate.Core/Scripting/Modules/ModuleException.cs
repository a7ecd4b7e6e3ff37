namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>An error that the script sees: a code and a short sentence, never a connection string, never a .NET trace.</summary>
internal sealed class ModuleException(string code, string message) : Exception(message)
{
    /// <summary>For example <c>ECONNREFUSED</c>, <c>SQLITE_CANTOPEN</c>, or an SQLSTATE.</summary>
    public string Code { get; } = code;

    /// <summary>Further fields of the error, named as the npm package names them.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();
}

/// <summary>A call that passed a limit of its run.</summary>
internal sealed class ModuleLimitException(ScriptFailureKind kind, string message) : Exception(message)
{
    public ScriptFailure Failure => new(kind, Message);
}
