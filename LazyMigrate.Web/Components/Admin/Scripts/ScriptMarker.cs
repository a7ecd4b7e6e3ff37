namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>A place in the script that the editor marks.</summary>
/// <param name="Message">Shown at the place.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="IsError">Or a warning.</param>
public sealed record ScriptMarker(string Message, int Line, int Column, bool IsError);
