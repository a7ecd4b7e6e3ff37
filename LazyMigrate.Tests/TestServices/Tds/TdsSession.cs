using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace LazyMigrate.Tests.TestServices.Tds;

/// <summary>An error of the server, which ends the batch.</summary>
internal sealed class TdsServerException(TdsServerMessage error) : Exception(error.Text)
{
    public TdsServerMessage Error { get; } = error;
}

/// <summary>The client asked to be cut off (<c>KILL</c>).</summary>
internal sealed class TdsKilledException : Exception;

/// <summary>One session: runs statements on SQLite and writes their tokens.</summary>
internal sealed partial class TdsSession(TdsDatabase database) : IDisposable
{
    private readonly Dictionary<int, (string Declared, string Sql)> _prepared = [];
    private SqliteConnection _connection = database.Open();
    private int _transactions;
    private bool _abortsOnError;
    private bool _isCounting = true;

    // A statement's end is written when it is known whether another follows.
    private Action<bool>? _pendingDone;

    public bool IsInTransaction => _transactions > 0;

    /// <summary>What <c>sp_reset_connection</c> does.</summary>
    public void Reset()
    {
        _connection.Dispose();
        _connection = database.Open();
        _transactions = 0;
        _abortsOnError = false;
        _isCounting = true;
        _prepared.Clear();
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Runs a batch.</summary>
    /// <param name="sql">T-SQL.</param>
    /// <param name="variables">Parameters by name; <c>DECLARE</c> adds some, <c>SET</c> changes them.</param>
    /// <param name="writer">Takes the tokens.</param>
    /// <param name="done">The token at a statement's end: 0xFD in a batch, 0xFF in a procedure.</param>
    /// <param name="cancellationToken">An attention.</param>
    /// <returns>The return status.</returns>
    public async Task<int> RunAsync(string sql, Dictionary<string, TdsParameter> variables, TdsWriter writer, byte done, CancellationToken cancellationToken)
    {
        _pendingDone = null;
        var status = 0;
        var hasFailed = false;
        try
        {
            if (database.Answers.TryGetValue(sql.Trim(), out var answer))
            {
                WriteRows(writer, answer.Columns, answer.Rows, done);
            }
            else if (!SetBatch().IsMatch(sql))
            {
                foreach (var statement in TdsTranslation.Split(sql))
                {
                    if (Return().Match(statement) is { Success: true } ended)
                    {
                        status = ended.Groups[1].Length > 0 ? int.Parse(ended.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
                        break;
                    }

                    await RunStatementAsync(statement, variables, writer, done, cancellationToken);
                }
            }
        }
        catch (TdsServerException exception)
        {
            _pendingDone?.Invoke(true);
            _pendingDone = null;
            writer.Message(exception.Error);
            hasFailed = true;
            if (_abortsOnError && IsInTransaction)
            {
                Transact("rollback", "", writer);
            }
        }

        if (done == 0xFD)
        {
            if (_pendingDone is not null)
            {
                _pendingDone(false);
            }
            else
            {
                writer.Done(done, (ushort)(hasFailed ? 0x02 : 0));
            }
        }
        else
        {
            _pendingDone?.Invoke(true);
        }

        return status;
    }

    public int Prepare(string declared, string sql)
    {
        _prepared.Add(_prepared.Count + 1, (declared, sql));
        return _prepared.Count;
    }

    public (string Declared, string Sql) Prepared(int handle) => _prepared.TryGetValue(handle, out var statement)
        ? statement
        : throw new TdsServerException(new TdsServerMessage(8179, 16, $"Could not find prepared statement with handle {handle}.", 2));

    public void Unprepare(int handle) => _prepared.Remove(handle);

    /// <summary>Begins, commits, rolls back or saves, and tells the client.</summary>
    public void Transact(string what, string name, TdsWriter writer)
    {
        byte[] descriptor = [1, 0, 0, 0, 0, 0, 0, 0];
        switch (what)
        {
            case "begin":
                Execute(_transactions == 0 ? "BEGIN" : "");
                _transactions++;
                if (_transactions == 1)
                {
                    writer.Environment(8, descriptor, []);
                }

                break;
            case "save":
                Execute($"SAVEPOINT \"{name}\"");
                break;
            case "commit":
                if (_transactions == 0)
                {
                    throw new TdsServerException(new TdsServerMessage(3902, 16, "The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION."));
                }

                _transactions--;
                if (_transactions == 0)
                {
                    Execute("COMMIT");
                    writer.Environment(9, [], descriptor);
                }

                break;
            default:
                if (_transactions == 0)
                {
                    throw new TdsServerException(new TdsServerMessage(3903, 16, "The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION."));
                }

                if (name.Length > 0)
                {
                    Execute($"ROLLBACK TO \"{name}\"");
                    break;
                }

                Execute("ROLLBACK");
                _transactions = 0;
                writer.Environment(10, [], descriptor);
                break;
        }
    }

    private async Task RunStatementAsync(string statement, Dictionary<string, TdsParameter> variables, TdsWriter writer, byte done, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IfInTransaction().Match(statement) is { Success: true } condition)
        {
            if (!IsInTransaction)
            {
                return;
            }

            statement = condition.Groups[1].Value;
        }

        if (Transaction().Match(statement) is { Success: true } transaction)
        {
            Flush();
            Transact(transaction.Groups[1].Value.ToLowerInvariant(), transaction.Groups[2].Value.Trim('[', ']'), writer);
        }
        else if (Assignment().Match(statement) is { Success: true } assignment)
        {
            Assign(assignment.Groups[1].Value, assignment.Groups[2].Value, variables);
        }
        else if (SelectAssignment().IsMatch(statement))
        {
            foreach (var part in TdsTranslation.Parts(statement[6..]))
            {
                var equals = part.IndexOf('=', StringComparison.Ordinal);
                Assign(part[..equals].Trim().TrimStart('@'), part[(equals + 1)..], variables);
            }

            Counted(writer, done, 0xC1, 1);
        }
        else if (Set().Match(statement) is { Success: true } set)
        {
            _isCounting = set.Groups[1].Value.Equals("nocount", StringComparison.OrdinalIgnoreCase) ? !set.Groups[2].Value.Equals("on", StringComparison.OrdinalIgnoreCase) : _isCounting;
            _abortsOnError = set.Groups[1].Value.Equals("xact_abort", StringComparison.OrdinalIgnoreCase) ? set.Groups[2].Value.Equals("on", StringComparison.OrdinalIgnoreCase) : _abortsOnError;
        }
        else if (statement.StartsWith("declare ", StringComparison.OrdinalIgnoreCase))
        {
            Declare(statement[8..], variables);
        }
        else if (Print().Match(statement) is { Success: true } print)
        {
            Flush();
            writer.Message(new TdsServerMessage(0, 0, Unquote(print.Groups[1].Value)));
        }
        else if (RaiseError().Match(statement) is { Success: true } raised)
        {
            Raise(new TdsServerMessage(50000, byte.Parse(raised.Groups[2].Value, CultureInfo.InvariantCulture), Unquote(raised.Groups[1].Value), byte.Parse(raised.Groups[3].Value, CultureInfo.InvariantCulture)), writer);
        }
        else if (Throw().Match(statement) is { Success: true } thrown)
        {
            Raise(new TdsServerMessage(int.Parse(thrown.Groups[1].Value, CultureInfo.InvariantCulture), 16, Unquote(thrown.Groups[2].Value)), writer);
        }
        else if (WaitFor().Match(statement) is { Success: true } wait)
        {
            await Task.Delay(TimeSpan.Parse(wait.Groups[1].Value, CultureInfo.InvariantCulture), cancellationToken);
        }
        else if (statement.StartsWith("kill ", StringComparison.OrdinalIgnoreCase))
        {
            throw new TdsKilledException();
        }
        else
        {
            Query(statement, variables, writer, done);
        }
    }

    private void Raise(TdsServerMessage message, TdsWriter writer)
    {
        if (message.Class > 10)
        {
            throw new TdsServerException(message);
        }

        Flush();
        writer.Message(message);
    }

    private void Query(string statement, Dictionary<string, TdsParameter> variables, TdsWriter writer, byte done)
    {
        var (sql, items) = TdsTranslation.Query(statement.Replace("@@TRANCOUNT", $"{_transactions}", StringComparison.OrdinalIgnoreCase), name => variables.GetValueOrDefault(name)?.Type);
        using var command = Command(sql, variables);
        try
        {
            using var reader = command.ExecuteReader();
            if (reader.FieldCount == 0)
            {
                var isChange = Change().IsMatch(statement);
                if (isChange)
                {
                    Counted(writer, done, 0xC4, Math.Max(0, reader.RecordsAffected));
                }

                return;
            }

            var rows = new List<object?[]>();
            while (reader.Read())
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
            }

            WriteRows(writer, TdsDatabase.DescribeColumns(_connection, reader, items, rows), rows, done, OrderOf(statement, reader));
        }
        catch (SqliteException exception)
        {
            throw new TdsServerException(TdsDatabase.ToServerError(exception));
        }
    }

    private static List<int> OrderOf(string statement, SqliteDataReader reader) => OrderBy().Match(statement) is { Success: true } order
        ? [.. Enumerable.Range(0, reader.FieldCount).Where(i => reader.GetName(i).Equals(order.Groups[1].Value, StringComparison.OrdinalIgnoreCase)).Select(i => i + 1)]
        : [];

    private void WriteRows(TdsWriter writer, IReadOnlyList<TdsColumn> columns, IReadOnlyList<object?[]> rows, byte done, List<int>? order = null)
    {
        Flush();
        writer.Columns(columns);
        if (order is { Count: > 0 })
        {
            writer.Order(order);
        }

        foreach (var row in rows)
        {
            writer.Row(columns, row);
        }

        Counted(writer, done, 0xC1, rows.Count);
    }

    private void Counted(TdsWriter writer, byte done, ushort command, long count)
    {
        Flush();
        var counts = _isCounting ? 0x10 : 0;
        _pendingDone = more => writer.Done(done, (ushort)(counts | (more ? 0x01 : 0)), command, counts == 0 ? 0 : count);
    }

    private void Flush()
    {
        _pendingDone?.Invoke(true);
        _pendingDone = null;
    }

    private static void Declare(string list, Dictionary<string, TdsParameter> variables)
    {
        foreach (var part in TdsTranslation.Parts(list))
        {
            var name = part[1..].Split(' ', 2)[0];
            variables[name] = new TdsParameter($"@{name}", TdsType.Parse(part[(name.Length + 1)..]) ?? new TdsType("nvarchar", 8000), null, false);
        }
    }

    private void Assign(string name, string expression, Dictionary<string, TdsParameter> variables)
    {
        if (!variables.TryGetValue(name, out var variable))
        {
            throw new TdsServerException(new TdsServerMessage(137, 15, $"Must declare the scalar variable \"@{name}\".", 2));
        }

        using var command = Command($"SELECT {TdsTranslation.Words(expression)}", variables);
        try
        {
            variables[name] = variable with { Value = command.ExecuteScalar() is { } value and not DBNull ? value : null };
        }
        catch (SqliteException exception)
        {
            throw new TdsServerException(TdsDatabase.ToServerError(exception));
        }
    }

    private SqliteCommand Command(string sql, Dictionary<string, TdsParameter> variables)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in TdsTranslation.Variables(sql))
        {
            if (!variables.TryGetValue(name, out var variable))
            {
                throw new TdsServerException(new TdsServerMessage(137, 15, $"Must declare the scalar variable \"@{name}\".", 2));
            }

            command.Parameters.AddWithValue($"@{name}", TdsValues.ForSqlite(variable.Value));
        }

        return command;
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Unquote(string text) => text.Replace("''", "'", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*(?:set [^;@=]*(?:\r?\n|$))+\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex SetBatch();

    [GeneratedRegex(@"^return\s*(\d+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Return();

    [GeneratedRegex(@"^if\s+@@trancount\s*>\s*0\s+(.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex IfInTransaction();

    [GeneratedRegex(@"^(begin|commit|rollback|save)\s+tran(?:saction)?\b\s*(.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Transaction();

    [GeneratedRegex(@"^set\s+@(\w+)\s*=\s*(.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^select\s+@\w+\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex SelectAssignment();

    [GeneratedRegex(@"^set\s+(\w+)\s*(\w*)", RegexOptions.IgnoreCase)]
    private static partial Regex Set();

    [GeneratedRegex(@"^print\s+N?'((?:[^']|'')*)'$", RegexOptions.IgnoreCase)]
    private static partial Regex Print();

    [GeneratedRegex(@"^raiserror\s*\(\s*N?'((?:[^']|'')*)'\s*,\s*(\d+)\s*,\s*(\d+)\s*\)$", RegexOptions.IgnoreCase)]
    private static partial Regex RaiseError();

    [GeneratedRegex(@"^throw\s+(\d+)\s*,\s*N?'((?:[^']|'')*)'\s*,\s*\d+$", RegexOptions.IgnoreCase)]
    private static partial Regex Throw();

    [GeneratedRegex(@"^waitfor\s+delay\s+'([^']+)'$", RegexOptions.IgnoreCase)]
    private static partial Regex WaitFor();

    [GeneratedRegex(@"^(?:insert|update|delete)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Change();

    [GeneratedRegex(@"\border\s+by\s+(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex OrderBy();
}
