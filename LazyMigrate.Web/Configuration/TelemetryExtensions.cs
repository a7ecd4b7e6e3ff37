using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LazyMigrate.Web.Configuration;

internal static class TelemetryExtensions
{
    /// <summary>Meters that come with .NET; their tags are routes, status codes and states, never values.</summary>
    private static readonly string[] s_builtIn =
    [
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Components.Server.Circuits",
        "System.Runtime",
    ];

    /// <summary>Sends metrics and spans to a collector, where one is configured. Logs stay where they are.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var options = TelemetryOptions.Read(builder.Configuration);
        if (string.IsNullOrEmpty(options.Endpoint))
        {
            return;
        }

        // The exporter reads its own variables of the configuration, with which it also finds the path for each signal.
        builder.Configuration[TelemetryOptions.EndpointVariable] = options.Endpoint;
        builder.Configuration[TelemetryOptions.ProtocolVariable] = options.Protocol;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("LazyMigrate", serviceVersion: typeof(TelemetryExtensions).Assembly.GetName().Version?.ToString(3)).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter([MigrationTelemetry.Name, ScriptTelemetry.Name, .. s_builtIn]).AddOtlpExporter())
            .WithTracing(tracing =>
            {
                tracing.AddSource(ScriptTelemetry.Name).AddOtlpExporter();
                if (string.IsNullOrEmpty(builder.Configuration["OTEL_TRACES_SAMPLER"]))
                {
                    // By default a span is dropped where its parent is not recorded, and ASP.NET Core's span of the request is not.
                    tracing.SetSampler(new AlwaysOnSampler());
                }
            });
    }
}
