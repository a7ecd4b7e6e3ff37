namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>The modules that are JavaScript only.</summary>
internal static class PureModules
{
    private static readonly string[] s_absent =
    [
        "async_hooks", "child_process", "cluster", "dgram", "diagnostics_channel", "dns", "dns/promises", "domain", "fs", "fs/promises", "http2", "inspector",
        "net", "readline", "repl", "tls", "tty", "v8", "vm", "worker_threads",
    ];

    /// <summary>Members of lodash that have a package or a path of their own.</summary>
    private static readonly string[] s_lodashMembers = (
        "assign camelCase chunk clone cloneDeep compact concat debounce defaults defaultsDeep difference every extend filter "
        + "find findIndex flatMap flatten flattenDeep flow forEach forOwn fromPairs get groupBy has head identity "
        + "includes indexOf intersection invert isArray isBoolean isDate isEmpty isEqual isError isFinite isFunction isInteger isMatch "
        + "isNaN isNil isNull isNumber isObject isPlainObject isRegExp isString isUndefined join kebabCase keyBy keys last "
        + "map mapKeys mapValues max maxBy memoize merge mergeWith min minBy noop omit omitBy once "
        + "orderBy partial partition pick pickBy property pull range reduce reject remove repeat replace round "
        + "set size slice snakeCase some sortBy split startCase sum sumBy take template throttle times "
        + "toLower toNumber toPairs toString toUpper transform trim union uniq uniqBy uniqueId unset upperFirst values "
        + "without words zip zipObject").Split(' ', StringSplitOptions.RemoveEmptyEntries);

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

        new FacadeModule("Modules.Pg.query.js", "internal/pg-query"),
        new FacadeModule("Modules.Stream.base.js", "internal/stream-base"),
        new FacadeModule("Modules.Stream.readable.js", "internal/stream-readable"),
        new FacadeModule("Modules.Stream.writable.js", "internal/stream-writable"),
        new FacadeModule("Modules.Stream.duplex.js", "internal/stream-duplex"),
        new FacadeModule("Modules.Stream.pipeline.js", "internal/stream-pipeline"),

        new FacadeModule("Modules.Http.exchange.js", "internal/http-exchange"),
        new FacadeModule("Modules.Http.forms.js", "internal/web-forms"),
        new FacadeModule("Modules.Http.http-client.js", "internal/http-client"),
        new FacadeModule("Modules.Http.cookies.js", "internal/http-cookies"),
        new FacadeModule("Modules.Http.axios-headers.js", "internal/axios-headers"),

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
        new FacadeModule("Modules.Http.request-promise.js", "request-promise"),
        new MemberModule("request-promise/errors", "request-promise", "errors"),
        new MemberModule("request-promise-native", "request-promise", "native"),
        new MemberModule("request-promise-native/errors", "request-promise", "native.errors"),
        new FacadeModule("Modules.Http.isomorphic-fetch.js", "isomorphic-fetch"),
        new FacadeModule("Modules.Http.form-data.js", "form-data"),
        new FacadeModule("Modules.JsonWebToken.jsonwebtoken.js", "jsonwebtoken"),
        new FacadeModule("Modules.JsonWebToken.jws.js", "jws"),
        new FacadeModule("Modules.JwtDecode.jwt-decode.js", "jwt-decode"),
        new FacadeModule("Modules.Async.async.js", "async"),
        new FacadeModule("Modules.Bluebird.bluebird.js", "bluebird"),
        new MemberModule("native-or-bluebird", "bluebird"),
        new FacadeModule("Modules.Lodash.lodash-base+lodash-equality+lodash-collections+lodash-arrays+lodash-objects+lodash-language+lodash-utilities+lodash.js", "lodash", "underscore"),
        new FacadeModule("Modules.Lodash.lodash-text.js", "internal/lodash-text"),
        .. s_lodashMembers.SelectMany(member => new[] { new MemberModule($"lodash/{member}", "lodash", member), new MemberModule($"lodash.{member.ToLowerInvariant()}", "lodash", member) }),
        new FacadeModule("Modules.Ms.ms.js", "ms"),
        new FacadeModule("Modules.Q.q.js", "q"),
        new FacadeModule("Modules.Qs.qs.js", "qs"),
        new FacadeModule("Modules.Uuid.uuid.js", "uuid"),
        new MemberModule("node-uuid", "uuid"),
        .. s_uuidVersions.Select(version => new MemberModule($"uuid/{version}", "uuid", version)),
    ];
}
