using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;

namespace LazyMigrate.Core.UserMigration.Reset;

/// <summary>What speaks for a person in place of the old password: for whoever followed a link that was mailed to them, the look-up script.</summary>
/// <param name="Script">Which script answers.</param>
/// <param name="ConfirmedEmail">The canonical address that is proved by it.</param>
/// <param name="AskAsync">Asks.</param>
public sealed record LegacyProof(ScriptKind Script, string ConfirmedEmail, Func<PublishedDatabase, Task<LoginOutcome>> AskAsync);
