namespace LazyMigrate.Web.Configuration;

/// <summary>Why the server cannot start, for a person to read: printed without a stack trace.</summary>
public sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
