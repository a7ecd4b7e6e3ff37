namespace LazyMigrate.Core.Scripting;

/// <summary>The two ways a script can give its answer. They are told apart by reading the function, never by running it.</summary>
public enum ScriptDialect
{
    /// <summary>The function returns its answer: <c>login(query, password, context)</c>.</summary>
    Authing,

    /// <summary>The function calls back with its answer: <c>login(identifier, password, callback)</c>.</summary>
    Auth0,
}
