namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>The modules that are JavaScript only.</summary>
internal static class PureModules
{
    private static readonly string[] s_absent =
    [
        "async_hooks", "child_process", "cluster", "dgram", "diagnostics_channel", "dns", "dns/promises", "fs", "fs/promises", "http2", "inspector",
        "net", "readline", "repl", "tls", "tty", "v8", "vm", "worker_threads",
    ];

    private static readonly string[] s_uuidVersions = ["v1", "v3", "v4", "v5"];

    /// <summary>A module is its folder and one line here. Names that begin with <c>internal/</c> are parts of facades, loaded when they are first used.</summary>
    public static IReadOnlyList<IScriptModule> Create() =>
    [
        new FacadeModule("Modules.Internal.errors.js", "internal/errors"),
        new FacadeModule("Modules.Internal.equality.js", "internal/equality"),
        new FacadeModule("Modules.Absent.absent.js", "internal/absent"),
        new FacadeModule("Modules.Crypto.ciphers.js", "internal/crypto-ciphers"),
        new FacadeModule("Modules.Crypto.keys.js", "internal/crypto-keys"),
        new FacadeModule("Modules.Crypto.webcrypto.js", "internal/crypto-web"),

        // Node's own
        new FacadeModule("Modules.Assert.assert.js", "assert"),
        new FacadeModule("Modules.Buffer.buffer.js", "buffer"),
        new FacadeModule("Modules.Events.events.js", "events"),
        new FacadeModule("Modules.Os.os.js", "os"),
        new FacadeModule("Modules.Path.path.js", "path"),
        new FacadeModule("Modules.Process.process.js", "perf_hooks"),
        new FacadeModule("Modules.Punycode.punycode.js", "punycode"),
        new FacadeModule("Modules.QueryString.querystring.js", "querystring"),
        new FacadeModule("Modules.Stream.stream.js", "stream"),
        new FacadeModule("Modules.StringDecoder.string_decoder.js", "string_decoder"),
        new FacadeModule("Modules.Timers.timers.js", "timers"),
        new FacadeModule("Modules.Url.url.js", "url"),
        new FacadeModule("Modules.Util.util.js", "util"),
        new MemberModule("assert/strict", "assert", "strict"),
        new MemberModule("path/posix", "path", "posix"),
        new MemberModule("path/win32", "path", "win32"),
        new MemberModule("process", "perf_hooks", "process"),
        new MemberModule("punycode/", "punycode"),
        new MemberModule("stream/promises", "stream", "promises"),
        new MemberModule("timers/promises", "timers", "promises"),
        new MemberModule("util/types", "util", "types"),
        .. s_absent.Select(name => new MemberModule(name, "internal/absent", $"$('{name}')")),

        // npm packages
        new FacadeModule("Modules.JsonWebToken.jsonwebtoken.js", "jsonwebtoken"),
        new FacadeModule("Modules.JsonWebToken.jws.js", "jws"),
        new FacadeModule("Modules.JwtDecode.jwt-decode.js", "jwt-decode"),
        new FacadeModule("Modules.Ms.ms.js", "ms"),
        new FacadeModule("Modules.Qs.qs.js", "qs"),
        new FacadeModule("Modules.Uuid.uuid.js", "uuid"),
        new MemberModule("node-uuid", "uuid"),
        .. s_uuidVersions.Select(version => new MemberModule($"uuid/{version}", "uuid", version)),
    ];
}
