using System.CommandLine;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Packages;
using LazyMigrate.Core.Scripting.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Web.Cli;

/// <summary>The verb <c>script</c>: runs or reads a script of a file, without a database and without settings (docs/scripts.md, "From the command line").</summary>
internal static class ScriptCommands
{
    public const string Verb = "script";

    /// <summary>The exit code of wrong usage, as in BSD's sysexits.h.</summary>
    private const int WrongUsage = 64;

    /// <param name="arguments">All arguments, the word <c>script</c> first.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("LazyMigrate") { new Command(Verb, "Try a script of a file.") { Test(), Check() } };
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
    }

    private static Command Test()
    {
        var kind = new Option<string>("--kind") { Description = "What the script is for.", Required = true };
        kind.AcceptOnlyFromAmong("login", "searchUser");
        var file = File();
        var dialect = Dialect();
        var email = new Option<string?>("--email") { Description = "The person's e-mail address." };
        var phone = new Option<string?>("--phone") { Description = "The person's phone number, with + and the country." };
        var userName = new Option<string?>("--username") { Description = "The person's user name." };
        var password = new Option<bool>("--password-stdin") { Description = "Read the password from standard input." };
        var variables = new Option<string[]>("--env") { Description = "A variable of the script, NAME=VALUE; may be given several times." };
        var hosts = new Option<string[]>("--allow-host") { Description = "A host that the script may reach, HOST:PORT; may be given several times." };
        var modules = new Option<string[]>("--module") { Description = "A package that the script may require, a tarball made by `npm pack`; may be given several times." };
        var json = Json();
        var command = new Command("test", "Run a script once and show what it came to. Nothing is stored.")
        {
            kind, file, dialect, email, phone, userName, password, variables, hosts, modules, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = Services(ReadPackages(parsed.GetValue(modules) ?? []));
            return await new ScriptTestCommand(services).RunAsync(
                new ScriptTestOrder
                {
                    Kind = parsed.GetValue(kind) == "login" ? ScriptKind.Login : ScriptKind.SearchUser,
                    Source = await ReadAsync(parsed.GetValue(file)!, cancellationToken),
                    Dialect = DialectOf(parsed.GetValue(dialect)),
                    Email = parsed.GetValue(email),
                    Phone = parsed.GetValue(phone),
                    UserName = parsed.GetValue(userName),
                    Password = parsed.GetValue(password) ? await ReadPasswordAsync(cancellationToken) : "",
                    Variables = parsed.GetValue(variables) ?? [],
                    AllowedHosts = parsed.GetValue(hosts) ?? [],
                    IsJson = parsed.GetValue(json),
                },
                cancellationToken);
        });
        return command;
    }

    private static Command Check()
    {
        var file = File();
        var dialect = Dialect();
        var json = Json();
        var command = new Command("check", "Read a script, without running it.") { file, dialect, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = Services([]);
            var source = await ReadAsync(parsed.GetValue(file)!, cancellationToken);
            return await ScriptCheckCommand.RunAsync(services.GetRequiredService<IScriptInspector>(), source, DialectOf(parsed.GetValue(dialect)), parsed.GetValue(json));
        });
        return command;
    }

    private static Option<string> File() => new("--file") { Description = "The file with the script.", Required = true };

    private static Option<string> Dialect()
    {
        var dialect = new Option<string>("--dialect") { Description = "How the script answers; auto reads it to find out.", DefaultValueFactory = _ => "auto" };
        dialect.AcceptOnlyFromAmong("auto", "authing", "auth0");
        return dialect;
    }

    private static ScriptDialect? DialectOf(string? name) => name switch { "authing" => ScriptDialect.Authing, "auth0" => ScriptDialect.Auth0, _ => null };

    private static Option<bool> Json() => new("--json") { Description = "Print one JSON object and nothing else." };

    private static ServiceProvider Services(IReadOnlyList<ScriptPackage> packages) => new ServiceCollection()
        .AddSingleton<IScriptPackageSource>(new FixedPackageSource(packages))
        .AddScripting()
        .Configure<ScriptWorkerOptions>(options =>
        {
            options.Command = WorkerCommand.ForAssembly(typeof(ScriptCommands).Assembly.Location);
            options.Workers = 1;
            options.RunsAtOnce = options.RunsPerWorker;
        })
        .BuildServiceProvider();

    private static List<ScriptPackage> ReadPackages(IEnumerable<string> files)
    {
        var packages = new List<ScriptPackage>();
        foreach (var file in files)
        {
            try
            {
                packages.Add(PackageArchive.Read(System.IO.File.ReadAllBytes(file)));
            }
            catch (Exception exception) when (exception is PackageRefusedException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new UsageException($"The package {file} cannot be used: {exception.Message}");
            }
        }

        return packages;
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await System.IO.File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"The file {file} cannot be read: {exception.Message}");
        }
    }

    /// <summary>All of standard input but the line break that a terminal or <c>echo</c> adds.</summary>
    private static async Task<string> ReadPasswordAsync(CancellationToken cancellationToken)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        var text = await input.ReadToEndAsync(cancellationToken);
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }
}

/// <summary>Arguments that make no sense together; the message is for whoever typed them.</summary>
internal sealed class UsageException(string message) : Exception(message);
