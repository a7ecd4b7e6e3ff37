using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Web.Cli;

/// <summary>Runs a script once, with the runner and the rules of a log-in, and prints what it came to.</summary>
internal sealed class ScriptTestCommand(IServiceProvider services)
{
    private const int Succeeded = 0;
    private const int Refused = 1;
    private const int NotKnown = 2;

    public async Task<int> RunAsync(ScriptTestOrder order, CancellationToken cancellationToken)
    {
        var identifier = order.Identifier();
        var connection = order.Connection();
        var wrong = services.GetRequiredService<IScriptInspector>().Inspect(order.Kind, order.Source, order.Dialect).Problems
            .FirstOrDefault(problem => problem.Code == ScriptProblemCodes.DialectWithoutCallback);
        if (wrong is not null)
        {
            throw new UsageException(wrong.Message);
        }

        var contract = services.GetRequiredService<ScriptContracts>().For(order.Kind, order.Source, order.Dialect);
        var query = LegacyDirectory.QueryFor(identifier);
        var request = new ScriptRunRequest
        {
            Kind = order.Kind,
            Dialect = contract.Dialect,
            Source = order.Source,
            ArgumentsJson = order.Kind == ScriptKind.Login
                ? contract.LoginArguments(query, order.Password, new ScriptContext())
                : contract.SearchArguments(query, new ScriptContext()),
            Variables = connection.Variables,
            Access = connection.Access,
            Secrets = order.Password.Length == 0 ? connection.Secrets : [order.Password, .. connection.Secrets],
        };
        var result = await services.GetRequiredService<IScriptRunner>().RunAsync(request, null, cancellationToken);
        var report = order.Kind == ScriptKind.Login
            ? ScriptTestReport.Of(contract.ReadLogin(result), result)
            : ScriptTestReport.Of(contract.ReadSearch(result), result);
        report = WithMapping(report, identifier);

        var output = new ScriptTestOutput(report, contract.Dialect, new SecretMask(request.Secrets));
        await Console.Out.WriteLineAsync(order.IsJson ? output.ToJson() : output.ToText());
        return report.Outcome switch
        {
            "Accepted" or "Found" => Succeeded,
            "NoSuchUser" or "WrongPassword" or "Blocked" or "NotFound" => Refused,
            _ => NotKnown,
        };
    }

    /// <summary>As a log-in does: a profile that maps to nobody, or to somebody else than asked for, is invalid.</summary>
    private static ScriptTestReport WithMapping(ScriptTestReport report, UserIdentifier asked)
    {
        if (report.Profile is null)
        {
            return report;
        }

        var mapped = LegacyProfileMapper.Map(report.Profile, asked, new MappedOrigin(null, null, TrustsEmailVerified: true, null, DateTimeOffset.UtcNow));
        report = report with { Problems = [.. report.Problems, .. mapped.Problems] };
        return mapped.IsUsable
            ? report
            : report with { Outcome = "Invalid", Sentence = "The script accepted, but nobody can be moved with this profile. See the problems." };
    }
}
