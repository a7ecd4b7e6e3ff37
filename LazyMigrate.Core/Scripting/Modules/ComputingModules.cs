using LazyMigrate.Core.Scripting.Modules.Argon2;
using LazyMigrate.Core.Scripting.Modules.Bcrypt;
using LazyMigrate.Core.Scripting.Modules.Crypto;
using LazyMigrate.Core.Scripting.Modules.Passwords;
using LazyMigrate.Core.Scripting.Modules.Zlib;

namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>The modules whose host part only computes; a worker process has them, and nothing else of C#.</summary>
internal static class ComputingModules
{
    /// <summary>A module is its folder and one line here.</summary>
    public static IReadOnlyList<IScriptModule> Create() =>
    [
        new Argon2Module(),
        new BcryptModule(),
        new CryptoModule(),
        new ZlibModule(),
        new PhpassModule(),
    ];
}
