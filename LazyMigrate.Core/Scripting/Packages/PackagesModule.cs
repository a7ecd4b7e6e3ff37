using System.Text.Json;
using LazyMigrate.Core.Scripting.Modules;

namespace LazyMigrate.Core.Scripting.Packages;

/// <summary>The host part behind <c>require</c> of brought packages. The bootstrap calls it; it has no facade, so that no script can require it.</summary>
internal sealed class PackagesModule(IScriptPackageSource source) : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = ["#packages"];

    public string Facade => "";

    public IModuleSession? OpenSession(ModuleRun run) => new PackagesSession(source, run);
}

/// <summary>Answers what the package loader of one run asks.</summary>
internal sealed class PackagesSession(IScriptPackageSource source, ModuleRun run) : IModuleSession
{
    private readonly PackageResolver _resolver = new(source);

    public bool ReachesOutside(string operation) => false;

    public Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument) => operation switch
    {
        "resolve" => ResolveAsync(argument),
        "read" => ReadAsync(argument),
        _ => throw new ModuleException("ERR_INVALID_STATE", "There is no such operation."),
    };

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ScriptPackageId? IdOf(JsonElement argument) =>
        ModuleJson.StringOf(argument, "name") is { } name && ModuleJson.StringOf(argument, "version") is { } version
            ? new ScriptPackageId(name, version)
            : null;

    private async Task<ModuleAnswer> ResolveAsync(JsonElement argument)
    {
        var request = ModuleJson.StringOf(argument, "request") ?? "";
        var from = IdOf(argument);
        if (await _resolver.ResolveAsync(request, from, ModuleJson.StringOf(argument, "path") ?? "", run.Ended).ConfigureAwait(false) is not { } file)
        {
            return ModuleAnswer.Null;
        }

        return new ModuleAnswer(ModuleJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", file.Package.Name);
            writer.WriteString("version", file.Package.Version);
            writer.WriteString("path", file.Path);
            writer.WriteBoolean("isEsModule", file.IsEsModule);
            writer.WriteEndObject();
        }));
    }

    private async Task<ModuleAnswer> ReadAsync(JsonElement argument)
    {
        var package = IdOf(argument) is { } id ? await source.FindAsync(id, run.Ended).ConfigureAwait(false) : null;
        return package is not null && package.Files.TryGetValue(ModuleJson.StringOf(argument, "path") ?? "", out var content)
            ? ModuleAnswer.Text(new ResolvedFile(package, "", content).Text)
            : ModuleAnswer.Null;
    }
}
