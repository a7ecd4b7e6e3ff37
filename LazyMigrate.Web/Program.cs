using LazyMigrate.Web;
using LazyMigrate.Web.Cli;

var verb = CommandLine.FindVerb(args) ?? Server.RunAsync;
return await verb(args);

/// <summary>The host, named so that tests can start it.</summary>
public sealed partial class Program;
