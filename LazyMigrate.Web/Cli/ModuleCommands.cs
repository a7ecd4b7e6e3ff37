using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases.Packages;
using LazyMigrate.Core.Scripting.Packages;
using LazyMigrate.Web.Configuration;

namespace LazyMigrate.Web.Cli;

/// <summary>The verb <c>modules</c>: the packages that scripts can require, in the database of the server with these settings (docs/script-modules.md).</summary>
internal static class ModuleCommands
{
    public const string Verb = "modules";

    private const int Succeeded = 0;
    private const int Refused = 1;
    private const int WrongUsage = 64;

    private static readonly ActivityActor s_actor = new(null, "command line");

    /// <param name="arguments">All arguments, the word <c>modules</c> first.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("LazyMigrate") { new Command(Verb, "npm packages of pure JavaScript for scripts.") { Add(), List(), Remove() } };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(parsed.Errors[0].Message);
            return WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (UsageException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return WrongUsage;
        }
        catch (Exception exception) when (exception is StartException or DbException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Refused;
        }
    }

    private static Command Add()
    {
        var files = new Argument<string[]>("file") { Description = "A tarball made by `npm pack NAME@VERSION`; several at once for a package with dependencies.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("add", "Check a package and store it. Nothing of it is run.") { files };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await StoppedServer.OpenAsync(cancellationToken);
            var packages = app.Services.GetRequiredService<ScriptPackageManager>();
            var status = Succeeded;
            foreach (var file in parsed.GetValue(files)!)
            {
                await using var content = Open(file);
                var added = await packages.AddAsync(content, s_actor, cancellationToken);
                var (line, isRefused) = Describe(added);
                await (isRefused ? Console.Error : Console.Out).WriteLineAsync($"{file}: {line}");
                status = isRefused ? Refused : status;
            }

            // After the last: a dependency may have come with the next file.
            foreach (var package in (await packages.ListAsync(cancellationToken)).Where(package => package.Missing.Count > 0))
            {
                await Console.Out.WriteLineAsync($"{package.Name}@{package.Version} needs also: {string.Join(", ", package.Missing)}");
            }

            return status;
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List the packages.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var app = await StoppedServer.OpenAsync(cancellationToken);
            foreach (var package in await app.Services.GetRequiredService<ScriptPackageManager>().ListAsync(cancellationToken))
            {
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{package.Name}@{package.Version}  {package.License ?? "no licence stated"}  {package.ArchiveLength >> 10} KiB  {package.Integrity}"));
            }

            return Succeeded;
        });
        return command;
    }

    private static Command Remove()
    {
        var package = new Argument<string>("package") { Description = "NAME@VERSION" };
        var command = new Command("remove", "Remove a package that no published script needs.") { package };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (name, version, _) = PackageResolver.Split(parsed.GetValue(package)!);
            if (version is null)
            {
                throw new UsageException("Say which version: NAME@VERSION.");
            }

            await using var app = await StoppedServer.OpenAsync(cancellationToken);
            switch (await app.Services.GetRequiredService<ScriptPackageManager>().RemoveAsync(name, version, s_actor, cancellationToken))
            {
                case PackageRemoval.InUse(var scripts):
                    await Console.Error.WriteLineAsync($"{name}@{version} is needed by the published script {string.Join(", ", scripts)}.");
                    return Refused;
                case PackageRemoval.Gone:
                    await Console.Error.WriteLineAsync($"There is no {name}@{version}.");
                    return Refused;
                default:
                    await Console.Out.WriteLineAsync($"{name}@{version} is removed.");
                    return Succeeded;
            }
        });
        return command;
    }

    private static (string Line, bool IsRefused) Describe(PackageAddition addition) => addition switch
    {
        PackageAddition.Added added => (
            $"{added.Name}@{added.Version} is added ({added.License ?? "no licence stated"}).{(added.HasInstallScripts ? " Its installation scripts were not run." : "")}",
            false),
        PackageAddition.AlreadyThere there => ($"{there.Name}@{there.Version} is there already.", false),
        PackageAddition.Refused refused => (refused.Reason, true),
        _ => throw new ArgumentOutOfRangeException(nameof(addition)),
    };

    private static FileStream Open(string file)
    {
        try
        {
            return File.OpenRead(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"The file {file} cannot be read: {exception.Message}");
        }
    }
}
