using System.Data;
using System.Data.SqlTypes;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.SqlClient;

namespace LazyMigrate.Core.Scripting.Modules.SqlServer;

/// <summary>Parameters as the facade sends them: <c>{ name, type, value, length, precision, scale, output }</c>, values already checked and written as text.</summary>
internal static class SqlServerParameters
{
    private const int Unlimited = -1;

    public static void Add(SqlParameterCollection parameters, JsonElement argument)
    {
        if (argument.TryGetProperty("parameters", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in list.EnumerateArray())
            {
                parameters.Add(Read(item));
            }
        }
    }

    private static SqlParameter Read(JsonElement item)
    {
        var type = TypeOf(ModuleJson.StringOf(item, "type") ?? "");
        var isOutput = item.TryGetProperty("output", out var output) && output.ValueKind == JsonValueKind.True;
        var parameter = new SqlParameter
        {
            ParameterName = "@" + (ModuleJson.StringOf(item, "name") ?? ""),
            SqlDbType = type,
            Direction = isOutput ? ParameterDirection.InputOutput : ParameterDirection.Input,
        };
        switch (type)
        {
            case SqlDbType.Decimal:
                parameter.Precision = (byte)Math.Clamp(ModuleJson.NumberOf(item, "precision") ?? 18, 1, 38);
                parameter.Scale = (byte)Math.Clamp(ModuleJson.NumberOf(item, "scale") ?? 0, 0, 38);
                break;
            case SqlDbType.Time or SqlDbType.DateTime2 or SqlDbType.DateTimeOffset:
                parameter.Scale = (byte)Math.Clamp(ModuleJson.NumberOf(item, "scale") ?? 7, 0, 7);
                break;
            case SqlDbType.Char or SqlDbType.NChar or SqlDbType.VarChar or SqlDbType.NVarChar or SqlDbType.Binary or SqlDbType.VarBinary:
                var length = ModuleJson.NumberOf(item, "length");
                var longest = type is SqlDbType.NChar or SqlDbType.NVarChar ? 4000 : 8000;
                if (length is not null || isOutput)
                {
                    parameter.Size = length is >= 1 && length <= longest ? length.Value : Unlimited;
                }

                break;
        }

        parameter.Value = item.TryGetProperty("value", out var value) ? ValueOf(type, value, item) : DBNull.Value;
        return parameter;
    }

    private static SqlDbType TypeOf(string name) => name switch
    {
        "Numeric" => SqlDbType.Decimal,
        "Null" => SqlDbType.NVarChar,
        _ => Enum.TryParse<SqlDbType>(name, out var type) && type is not (SqlDbType.Structured or SqlDbType.Udt)
            ? type
            : throw new ModuleException("EPARAM", $"Parameters of the type {name} are not available here."),
    };

    private static object ValueOf(SqlDbType type, JsonElement value, JsonElement item)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return DBNull.Value;
        }

        if (type == SqlDbType.Bit)
        {
            return value.ValueKind == JsonValueKind.True;
        }

        try
        {
            var text = ModuleJson.TextOf(value);
            return type switch
            {
                SqlDbType.TinyInt => byte.Parse(text, CultureInfo.InvariantCulture),
                SqlDbType.SmallInt => short.Parse(text, CultureInfo.InvariantCulture),
                SqlDbType.Int => int.Parse(text, CultureInfo.InvariantCulture),
                SqlDbType.BigInt => long.Parse(text, CultureInfo.InvariantCulture),
                SqlDbType.Float => double.Parse(text, CultureInfo.InvariantCulture),
                SqlDbType.Real => (float)double.Parse(text, CultureInfo.InvariantCulture),
                SqlDbType.Decimal => SqlDecimal.Parse(text),
                SqlDbType.Money or SqlDbType.SmallMoney => decimal.Parse(text, CultureInfo.InvariantCulture),
                SqlDbType.UniqueIdentifier => Guid.Parse(text),
                SqlDbType.Date or SqlDbType.DateTime or SqlDbType.DateTime2 or SqlDbType.SmallDateTime => DateOf(text),
                SqlDbType.Time => DateOf(text).TimeOfDay,
                SqlDbType.DateTimeOffset => new DateTimeOffset(DateOf(text), TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(ModuleJson.NumberOf(item, "offset") ?? 0)),
                SqlDbType.Binary or SqlDbType.VarBinary or SqlDbType.Image => Convert.FromBase64String(text),
                _ => text,
            };
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            throw new ModuleException("EPARAM", $"Validation failed for parameter '{ModuleJson.StringOf(item, "name")}'. The value does not fit the type.");
        }
    }

    private static DateTime DateOf(string text) =>
        DateTime.ParseExact(text, "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None);
}
