namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>The modules that are JavaScript only.</summary>
internal static class PureModules
{
    /// <summary>A module is its folder and one line here. Names that begin with <c>internal/</c> are parts of facades, loaded when they are first used.</summary>
    public static IReadOnlyList<IScriptModule> Create() =>
    [
        new FacadeModule("Modules.Internal.errors.js", "internal/errors"),
        new FacadeModule("Modules.Crypto.ciphers.js", "internal/crypto-ciphers"),
        new FacadeModule("Modules.Crypto.keys.js", "internal/crypto-keys"),
        new FacadeModule("Modules.Crypto.webcrypto.js", "internal/crypto-web"),
        new FacadeModule("Modules.JsonWebToken.jws.js", "jws"),
        new FacadeModule("Modules.JsonWebToken.jsonwebtoken.js", "jsonwebtoken"),
        new FacadeModule("Modules.JwtDecode.jwt-decode.js", "jwt-decode"),
        new FacadeModule("Modules.Ms.ms.js", "ms"),
        new FacadeModule("Modules.StringDecoder.string_decoder.js", "string_decoder"),
        new FacadeModule("Modules.Util.util.js", "util"),
        new FacadeModule("Modules.Assert.assert.js", "assert"),
        new FacadeModule("Modules.Events.events.js", "events"),
        new FacadeModule("Modules.Buffer.buffer.js", "buffer"),
        new FacadeModule("Modules.Url.url.js", "url"),
        new FacadeModule("Modules.QueryString.querystring.js", "querystring"),
    ];
}
