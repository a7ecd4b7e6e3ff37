namespace LazyMigrate.Core.Scripting.Modules.Ldap;

/// <summary>The npm package <c>ldapjs</c> (its client) over a small LDAPv3 client of our own. See http://ldapjs.org/client.html.</summary>
/// <remarks>
/// System.DirectoryServices.Protocols needs the system's libldap and opens connections that no check of ours sees. A connection
/// belongs to one run: who is signed in is a state of the connection, so it is never lent to another.
/// </remarks>
internal sealed class LdapModule : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = ["ldapjs"];

    public string Facade { get; } = EmbeddedText.Read("Modules.Ldap.ldapjs.js");

    public IModuleSession OpenSession(ModuleRun run) => new LdapSession(run);
}
