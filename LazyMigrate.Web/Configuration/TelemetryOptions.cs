namespace LazyMigrate.Web.Configuration;

/// <summary>Section <c>LazyMigrate:Telemetry</c>: where metrics and traces go. OpenTelemetry's own variables win.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "LazyMigrate:Telemetry";

    /// <summary>OpenTelemetry's variable for <see cref="Endpoint"/>.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>OpenTelemetry's variable for <see cref="Protocol"/>.</summary>
    public const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";

    private const string Http = "http/protobuf";

    /// <summary>The address of a collector, for example <c>http://localhost:4318</c>. Without one nothing is exported.</summary>
    public string? Endpoint { get; set; }

    /// <summary><c>http/protobuf</c> or <c>grpc</c>. HTTP passes through every proxy.</summary>
    public string Protocol { get; set; } = Http;

    /// <summary>The options with OpenTelemetry's variables over them, as the specification of its exporter has it.</summary>
    public static TelemetryOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<TelemetryOptions>() ?? new TelemetryOptions();
        return new TelemetryOptions
        {
            Endpoint = configuration[EndpointVariable] is { Length: > 0 } endpoint ? endpoint : options.Endpoint,
            Protocol = configuration[ProtocolVariable] is { Length: > 0 } protocol ? protocol : options.Protocol,
        };
    }

    /// <summary>What is wrong, each with its key and what to do.</summary>
    public IEnumerable<string> FindProblems()
    {
        // Never the address itself: it may hold credentials.
        if (!string.IsNullOrEmpty(Endpoint) && (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
        {
            yield return $"{Section}:Endpoint (or {EndpointVariable}) is not an address of a collector, for example http://localhost:4318.";
        }

        if (Protocol is not (Http or "grpc"))
        {
            yield return $"{Section}:Protocol (or {ProtocolVariable}) must be http/protobuf or grpc.";
        }
    }
}
