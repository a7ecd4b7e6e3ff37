using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Activity.Chain;
using LazyMigrate.Web.Configuration;

namespace LazyMigrate.Web.Cli;

/// <summary>The verb <c>activity</c>: whether the activity in the database of the server with these settings is as it was written (docs/activity.md).</summary>
internal static class ActivityCommands
{
    public const string Verb = "activity";

    private const int Intact = 0;
    private const int Broken = 1;
    private const int NotChecked = 2;
    private const int Unsigned = 3;
    private const int WrongUsage = 64;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <param name="arguments">All arguments, the word <c>activity</c> first.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("LazyMigrate") { new Command(Verb, "The record of what happened.") { Verify(), BeginAnew() } };
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
            return NotChecked;
        }
    }

    private static Command Verify()
    {
        var expect = new Option<string?>("--expect") { Description = "A head that was noted earlier, NUMBER:SEAL, as the server logs it: it must still be in the chain." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };
        var command = new Command("verify", "Check that nothing was altered, removed, added or moved. Exit code 0: nothing was; 1: something was, and the first place is named; 2: not checked, for example because the key cannot be decrypted here; 3: nothing was, but there are events that are not signed: where no node reports that it cannot decrypt the key, treat it as 1.") { expect, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var expected = parsed.GetValue(expect) is { } text ? ReadHead(text) : null;
            await using var app = await StoppedServer.OpenAsync(cancellationToken);
            var verification = await app.Services.GetRequiredService<ActivityVerifier>().VerifyAsync(expected, cancellationToken);
            await Console.Out.WriteLineAsync(parsed.GetValue(json)
                ? JsonSerializer.Serialize(
                    new { verification.IsIntact, verification.IsChecked, verification.Checked, verification.Unsealed, verification.AnchorNumber, verification.Head, verification.FirstBreak, Unsigned = verification.UnsignedCount, verification.FirstUnsigned },
                    s_json)
                : Describe(verification));
            return ExitCodeOf(verification);
        });
        return command;
    }

    private static Command BeginAnew()
    {
        var reason = new Option<string>("--reason") { Description = "What was found; it is kept in the activity.", Required = true };
        var command = new Command("begin-anew", "Begin the chain again behind what is there, after looking into why it is broken. What is before it is not checked any more.") { reason };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await StoppedServer.OpenAsync(cancellationToken);
            await app.Services.GetRequiredService<ActivitySealer>().BeginAnewAsync(new ActivityActor(null, "command line"), parsed.GetValue(reason)!, cancellationToken);
            await Console.Out.WriteLineAsync("The chain is begun anew.");
            return Intact;
        });
        return command;
    }

    internal static int ExitCodeOf(ActivityVerification verification) => verification switch
    {
        { IsIntact: true } => Intact,
        { IsChecked: false } => NotChecked,
        { FirstBreak: null } => Unsigned,
        _ => Broken,
    };

    internal static string Describe(ActivityVerification verification)
    {
        if (!verification.IsChecked)
        {
            return $"Not checked: {verification.FirstBreak?.Reason}";
        }

        if (verification.FirstBreak is { } found)
        {
            var where = found.Number is { } number ? string.Create(CultureInfo.InvariantCulture, $" at number {number}") : "";
            var which = found.EventId is { } id ? $" (event {id})" : "";
            return $"Broken{where}{which}: {found.Reason}";
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{verification.Checked} events checked, {verification.Unsealed} not sealed yet.");
        text = verification.FirstUnsigned is not { } unsigned ? $"Intact: {text}" : string.Create(
            CultureInfo.InvariantCulture,
            $"Not signed: {verification.UnsignedCount} events, the first {(unsigned.Number is { } place ? $"at number {place} " : "")}(event {unsigned.EventId}), were written by a node that cannot decrypt the key, or by somebody else: where no node reports such a key, take it for broken. Nothing else is wrong: {text}");
        return verification.Head is { } head ? string.Create(CultureInfo.InvariantCulture, $"{text} The head is {head.Number}:{head.Seal}") : text;
    }

    private static ActivityHead ReadHead(string text) =>
        text.Split(':') is [var number, { Length: > 0 } seal] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            ? new ActivityHead(parsed, seal)
            : throw new UsageException($"{text} is no head: give NUMBER:SEAL.");
}
