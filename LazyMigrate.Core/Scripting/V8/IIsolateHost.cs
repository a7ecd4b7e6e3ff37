namespace LazyMigrate.Core.Scripting.V8;

/// <summary>What an isolate can ask of the world outside it. Everything is text, so that the other side can be another process.</summary>
internal interface IIsolateHost
{
    /// <summary>The JavaScript facade of a module, or null where there is no module of that name.</summary>
    /// <param name="module">The name, without version and <c>node:</c>.</param>
    /// <param name="version">The version that the script asked for, or empty; it is only noted.</param>
    string? FindFacade(string module, string version);

    /// <summary>Takes a console line, unmasked and uncut.</summary>
    void WriteConsole(ScriptConsoleLevel level, string text);

    /// <summary>Calls a module's host part. It never throws: what fails is in the reply.</summary>
    Task<ModuleReply> CallAsync(string module, string operation, string argumentJson);

    /// <summary>Whether the run is for nobody: what V8 makes of facades is worth keeping, but says nothing of what runs use.</summary>
    bool IsRehearsal => false;
}

/// <summary>What a module's host part replied.</summary>
/// <param name="Json"><c>{"v": value}</c> or <c>{"e": {"message": …, "code": …}}</c>.</param>
/// <param name="Failed">Whether it is an error: then a plain error of this run does not mean a wrong password.</param>
/// <param name="Limit">Set where the call passed a limit of the run: then the run ends with it.</param>
internal sealed record ModuleReply(string Json, bool Failed, ScriptFailure? Limit = null);
