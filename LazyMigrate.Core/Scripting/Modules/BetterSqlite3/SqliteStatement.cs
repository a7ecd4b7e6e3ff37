using System.Text;
using System.Text.Json;
using SQLitePCL;

namespace LazyMigrate.Core.Scripting.Modules.BetterSqlite3;

/// <summary>Prepares, binds and steps statements.</summary>
internal static class SqliteStatement
{
    /// <summary>Prepares only: <c>{ "reader": bool, "columns": [[name, column, table, type], …], "parameters": [name or null, …] }</c>.</summary>
    public static ModuleAnswer Describe(sqlite3 database, string sql)
    {
        using var statement = Prepare(database, sql);
        var columns = raw.sqlite3_column_count(statement);
        return new ModuleAnswer(ModuleJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("reader", columns > 0);
            writer.WriteStartArray("columns");
            for (var i = 0; i < columns; i++)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(raw.sqlite3_column_name(statement, i).utf8_to_string());
                WriteOptional(writer, raw.sqlite3_column_origin_name(statement, i).utf8_to_string());
                WriteOptional(writer, raw.sqlite3_column_table_name(statement, i).utf8_to_string());
                WriteOptional(writer, raw.sqlite3_column_decltype(statement, i).utf8_to_string());
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("parameters");
            for (var i = 1; i <= raw.sqlite3_bind_parameter_count(statement); i++)
            {
                WriteOptional(writer, raw.sqlite3_bind_parameter_name(statement, i).utf8_to_string());
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }));
    }

    /// <summary>Runs one statement: its rows as arrays. <c>first</c> asks for one row at most.</summary>
    public static ModuleAnswer Query(sqlite3 database, string sql, JsonElement argument, ModuleRun run)
    {
        using var statement = Prepare(database, sql);
        Bind(database, statement, argument);
        var first = argument.TryGetProperty("first", out var only) && only.ValueKind == JsonValueKind.True;
        var rows = new StringBuilder("[");
        var count = 0;
        while (Step(database, statement, run))
        {
            var row = ModuleJson.Write(writer => WriteRow(writer, statement));
            run.CountRow(Encoding.UTF8.GetByteCount(row));
            rows.Append(count++ == 0 ? "" : ",").Append(row);
            if (first)
            {
                break;
            }
        }

        return new ModuleAnswer(rows.Append(']').ToString(), count);
    }

    /// <summary>Runs any number of statements and drops their rows.</summary>
    public static ModuleAnswer Execute(sqlite3 database, string sql, ModuleRun run)
    {
        while (!string.IsNullOrWhiteSpace(sql))
        {
            var code = raw.sqlite3_prepare_v2(database, sql, out var statement, out var rest);
            using (statement)
            {
                Check(database, code);
                while (statement is { IsInvalid: false } && Step(database, statement, run))
                {
                }
            }

            sql = rest ?? "";
        }

        return ModuleAnswer.Null;
    }

    private static sqlite3_stmt Prepare(sqlite3 database, string sql)
    {
        Check(database, raw.sqlite3_prepare_v2(database, sql, out var statement, out var rest));
        if (statement is null or { IsInvalid: true })
        {
            throw SqliteErrors.Misuse("The supplied SQL string contains no statements");
        }

        if (!string.IsNullOrWhiteSpace(rest) && HasStatement(database, rest))
        {
            statement.Dispose();
            throw SqliteErrors.Misuse("The supplied SQL string contains more than one statement");
        }

        return statement;
    }

    private static bool HasStatement(sqlite3 database, string sql)
    {
        // Comments and blanks after the last semicolon compile to nothing; anything else, also what does not compile, is too much.
        var code = raw.sqlite3_prepare_v2(database, sql, out var statement);
        using (statement)
        {
            return code != raw.SQLITE_OK || statement is { IsInvalid: false };
        }
    }

    private static bool Step(sqlite3 database, sqlite3_stmt statement, ModuleRun run)
    {
        run.Ended.ThrowIfCancellationRequested();
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            throw SqliteErrors.Of(database, code);
        }

        return false;
    }

    private static void Check(sqlite3 database, int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw SqliteErrors.Of(database, code);
        }
    }

    /// <summary>Binds <c>positional</c> values to <c>?</c> and <c>named</c> ones to <c>:a</c>, <c>@a</c>, <c>$a</c>, or <c>bound</c> ones in the order of all parameters.</summary>
    private static void Bind(sqlite3 database, sqlite3_stmt statement, JsonElement argument)
    {
        if (argument.TryGetProperty("bound", out var bound) && bound.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var value in bound.EnumerateArray())
            {
                Check(database, BindOne(statement, ++index, value));
            }

            return;
        }

        var positional = argument.TryGetProperty("positional", out var list) && list.ValueKind == JsonValueKind.Array ? list : default;
        var named = argument.TryGetProperty("named", out var map) && map.ValueKind == JsonValueKind.Object ? map : default;
        var given = positional.ValueKind == JsonValueKind.Array ? positional.GetArrayLength() : 0;
        var next = 0;
        for (var i = 1; i <= raw.sqlite3_bind_parameter_count(statement); i++)
        {
            var name = raw.sqlite3_bind_parameter_name(statement, i).utf8_to_string();
            JsonElement value;
            if (name is null || name[0] == '?')
            {
                value = next < given ? positional[next++] : throw RangeError("Too few parameter values were provided");
            }
            else if (named.ValueKind != JsonValueKind.Object || !named.TryGetProperty(name[1..], out value))
            {
                throw RangeError($"Missing named parameter \"{name[1..]}\"");
            }

            Check(database, BindOne(statement, i, value));
        }

        if (next < given)
        {
            throw RangeError("Too many parameter values were provided");
        }
    }

    private static ModuleException RangeError(string message) => SqliteErrors.Misuse(message);

    private static int BindOne(sqlite3_stmt statement, int index, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => raw.sqlite3_bind_null(statement, index),
        JsonValueKind.Number when value.TryGetInt32(out var small) => raw.sqlite3_bind_int(statement, index, small),
        JsonValueKind.Number => raw.sqlite3_bind_double(statement, index, value.GetDouble()),
        JsonValueKind.String => raw.sqlite3_bind_text(statement, index, ModuleJson.TextOf(value)),
        // { "i": "123" } is a bigint, { "b": base64 } bytes.
        JsonValueKind.Object when ModuleJson.StringOf(value, "i") is { } digits && long.TryParse(digits, out var whole) => raw.sqlite3_bind_int64(statement, index, whole),
        JsonValueKind.Object => raw.sqlite3_bind_blob(statement, index, ModuleJson.BytesOf(value, "b")),
        _ => throw SqliteErrors.Misuse("SQLite3 can only bind numbers, strings, bigints, buffers, and null"),
    };

    private static void WriteRow(Utf8JsonWriter writer, sqlite3_stmt statement)
    {
        writer.WriteStartArray();
        for (var i = 0; i < raw.sqlite3_column_count(statement); i++)
        {
            switch (raw.sqlite3_column_type(statement, i))
            {
                case raw.SQLITE_INTEGER:
                    // Beyond 2^53 the facade's number is rounded, as in better-sqlite3 without safeIntegers.
                    writer.WriteNumberValue(raw.sqlite3_column_int64(statement, i));
                    break;
                case raw.SQLITE_FLOAT:
                    WriteDouble(writer, raw.sqlite3_column_double(statement, i));
                    break;
                case raw.SQLITE_TEXT:
                    writer.WriteStringValue(raw.sqlite3_column_text(statement, i).utf8_to_string());
                    break;
                case raw.SQLITE_BLOB:
                    writer.WriteStartObject();
                    writer.WriteBase64String("b", raw.sqlite3_column_blob(statement, i));
                    writer.WriteEndObject();
                    break;
                default:
                    writer.WriteNullValue();
                    break;
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            // SQLite has no NaN; the infinities are numbers that JSON reads back as such.
            writer.WriteRawValue(value > 0 ? "1e999" : "-1e999", skipInputValidation: true);
        }
    }

    private static void WriteOptional(Utf8JsonWriter writer, string? text)
    {
        if (text is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }
}
