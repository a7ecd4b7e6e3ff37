using System.Data;
using System.Data.Common;
using System.Text;
using System.Text.Json;
using Microsoft.Data.SqlClient;

namespace LazyMigrate.Core.Scripting.Modules.SqlServer;

/// <summary>
/// What one command gave, as the events that tedious raises from TDS tokens: <c>["c", columns]</c>, <c>["r", rows]</c>,
/// <c>["d", count]</c> for a statement that is done, <c>["i", message]</c> and <c>["e", message]</c>.
/// </summary>
internal sealed class SqlServerResult(ModuleRun run)
{
    private readonly List<string> _events = [];
    private int _rows;

    public int? Affected { get; private set; }

    /// <summary>Whether the server refused something.</summary>
    public bool HasErrors { get; private set; }

    public void Watch(SqlConnection connection, SqlCommand command)
    {
        command.StatementCompleted += (_, completed) =>
        {
            _events.Add($"[\"d\",{completed.RecordCount}]");
            Affected = (Affected ?? 0) + completed.RecordCount;
        };
        connection.InfoMessage += OnInfo;
    }

    public void Unwatch(SqlConnection connection) => connection.InfoMessage -= OnInfo;

    public async Task ReadAsync(SqlDataReader reader, CancellationToken cancellationToken)
    {
        do
        {
            if (reader.FieldCount > 0)
            {
                await ReadRowsAsync(reader, cancellationToken).ConfigureAwait(false);
            }
        }
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
    }

    public void Add(SqlException exception)
    {
        _events.AddRange(SqlServerErrors.ToEvents(exception.Errors));
        HasErrors |= SqlServerErrors.HasServerError(exception);
    }

    /// <summary>The answer for the facade.</summary>
    /// <param name="command">Its output parameters and return status are read.</param>
    /// <param name="failure">Code and message of a failure beside the server's own errors, or null.</param>
    /// <param name="isRolledBack">Whether the server ended the script's transaction.</param>
    /// <param name="isLost">Whether the connection is gone.</param>
    public ModuleAnswer ToAnswer(SqlCommand command, ModuleException? failure, bool isRolledBack, bool isLost)
    {
        var json = ModuleJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("events");
            writer.WriteRawValue($"[{string.Join(',', _events)}]", skipInputValidation: true);
            writer.WriteStartArray("outputs");
            foreach (SqlParameter parameter in command.Parameters)
            {
                if (parameter.Direction == ParameterDirection.ReturnValue)
                {
                    continue;
                }

                if (parameter.Direction != ParameterDirection.Input)
                {
                    writer.WriteStartArray();
                    writer.WriteStringValue(parameter.ParameterName.TrimStart('@'));
                    writer.WriteStringValue(parameter.SqlDbType.ToString());
                    SqlServerValues.Write(writer, parameter.SqlDbType == SqlDbType.Decimal ? parameter.SqlValue : parameter.Value);
                    writer.WriteEndArray();
                }
            }

            writer.WriteEndArray();
            var status = command.Parameters.Cast<SqlParameter>().FirstOrDefault(parameter => parameter.Direction == ParameterDirection.ReturnValue)?.Value;
            writer.WriteNumber("status", status is int number ? number : 0);
            writer.WriteBoolean("rolledBack", isRolledBack);
            writer.WriteBoolean("lost", isLost);
            if (failure is not null)
            {
                writer.WriteStartArray("failure");
                writer.WriteStringValue(failure.Code);
                writer.WriteStringValue(failure.Message);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        });
        return new ModuleAnswer(json, Affected ?? (_rows > 0 ? _rows : null)) { Fault = failure?.Code ?? (HasErrors ? "EREQUEST" : null) };
    }

    private async Task ReadRowsAsync(SqlDataReader reader, CancellationToken cancellationToken)
    {
        var columns = await reader.GetColumnSchemaAsync(cancellationToken).ConfigureAwait(false);
        _events.Add(ModuleJson.Write(writer =>
        {
            writer.WriteStartArray();
            writer.WriteStringValue("c");
            writer.WriteStartArray();
            foreach (var column in columns)
            {
                SqlServerValues.WriteColumn(writer, column);
            }

            writer.WriteEndArray();
            writer.WriteEndArray();
        }));
        var at = _events.Count;
        var rows = new StringBuilder();
        try
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var row = ReadRow(reader, columns);
                run.CountRow(Encoding.UTF8.GetByteCount(row));
                rows.Append(rows.Length == 0 ? "" : ",").Append(row);
                _rows++;
            }
        }
        finally
        {
            // Before what was raised while they were read: the statement's end, or its error.
            if (rows.Length > 0)
            {
                _events.Insert(at, $"[\"r\",[{rows}]]");
            }
        }
    }

    private static string ReadRow(SqlDataReader reader, IReadOnlyList<DbColumn> columns) => ModuleJson.Write(writer =>
    {
        writer.WriteStartArray();
        for (var i = 0; i < columns.Count; i++)
        {
            SqlServerValues.WriteCell(writer, reader, i, columns[i].DataTypeName ?? "");
        }

        writer.WriteEndArray();
    });

    private void OnInfo(object sender, SqlInfoMessageEventArgs message) => _events.AddRange(SqlServerErrors.ToEvents(message.Errors));
}
