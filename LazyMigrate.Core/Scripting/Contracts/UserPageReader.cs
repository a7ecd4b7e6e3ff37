using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Contracts;

/// <summary>Reads a page of <c>listUsers</c>: <c>{ totalCount, list: [profile, …] }</c>.</summary>
internal static class UserPageReader
{
    internal const string Advice = "Return { totalCount, list }: how many people there are in all, and the profiles of this page.";

    private const string Function = "`listUsers`";

    /// <summary>Reads an answer. A page of the wrong shape fails as a whole; a bad profile only keeps that person back.</summary>
    public static ListOutcome Read(JsonElement answer, int limit, string keyName)
    {
        if (answer.ValueKind != JsonValueKind.Object)
        {
            return new ListOutcome.Failed(ScriptContract.BadAnswer(Function, answer, Advice));
        }

        if (!answer.TryGetProperty("totalCount", out var total) || ScriptContract.CountOf(total) is not { } totalCount)
        {
            return Failed($"{Function} returned a page whose `totalCount` is not a whole number from 0. {Advice}");
        }

        if (!answer.TryGetProperty("list", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return Failed($"{Function} returned a page whose `list` is not an array. {Advice}");
        }

        // Paging on would otherwise leave people out, or name them twice.
        var length = list.GetArrayLength();
        if (length > limit)
        {
            return Failed($"{Function} returned {length:N0} people on a page of at most {limit:N0}. Use `limit` in the statement, and skip `(page - 1) * limit` rows.");
        }

        return new ListOutcome.Listed(totalCount, [.. list.EnumerateArray().Select((item, index) => ReadUser(item, index + 1, keyName))]);
    }

    private static ListedUser ReadUser(JsonElement item, int row, string keyName)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return new ListedUser(row, null, [new ProfileProblem($"list[{row - 1}]", $"Row {row} is not a profile.", IsFatal: true)]);
        }

        var (profile, problems, _) = LegacyProfileReader.Read(item, keyName);
        return new ListedUser(row, profile, [.. problems.Select(problem => problem with { Field = $"list[{row - 1}].{problem.Field}", Message = $"Row {row}: {problem.Message}" })]);
    }

    private static ListOutcome.Failed Failed(string message) => new(new ScriptFailure(ScriptFailureKind.BadAnswer, message));
}
