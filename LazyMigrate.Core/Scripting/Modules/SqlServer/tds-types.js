// tedious' types, what it accepts as a value of each, and what it reads from TDS: https://tediousjs.github.io/tedious/api-datatypes.html
// Values cross as SqlServerParameters.cs reads them and SqlServerValues.cs writes them.
(function (kit, module) {
  'use strict';
  const epochDate = Date;
  const MAX = 65535;

  // Checks, with the original's words.
  const number = (value) => {
    if (value === null || value === undefined) return null;
    const parsed = parseFloat(value);
    if (Number.isNaN(parsed)) throw new TypeError('Invalid number.');
    return parsed;
  };
  const integer = (low, high) => (value) => {
    if (value === null || value === undefined) return null;
    const parsed = typeof value === 'number' ? value : Number(value);
    if (Number.isNaN(parsed)) throw new TypeError('Invalid number.');
    if (parsed < low || parsed > high) throw new TypeError(`Value must be between ${low} and ${high}, inclusive.`);
    return parsed | 0;
  };
  const longest = 9223372036854775807n;
  const bigint = (value) => {
    if (value === null || value === undefined) return null;
    const parsed = typeof value === 'bigint' ? value : BigInt(value);
    if (parsed < -longest - 1n || parsed > longest) throw new TypeError(`Value must be between ${-longest - 1n} and ${longest}, inclusive.`);
    return parsed;
  };
  const money = (low, high, limit) => (value) => {
    const parsed = number(value);
    if (parsed !== null && (parsed < -limit || parsed > limit)) throw new TypeError(`Value must be between ${low} and ${high}, inclusive.`);
    return parsed;
  };
  const string = (value) => {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'string') throw new TypeError('Invalid string.');
    return value;
  };
  const buffer = (value) => {
    if (value === null || value === undefined) return null;
    if (!Buffer.isBuffer(value)) throw new TypeError('Invalid buffer.');
    return value;
  };
  const guid = (value) => {
    const text = string(value);
    if (text !== null && !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) throw new TypeError('Invalid GUID.');
    return text;
  };
  const asDate = (value) => (value instanceof epochDate ? value : new epochDate(epochDate.parse(value)));
  const date = (first, last) => (value, collation, options) => {
    if (value === null || value === undefined) return null;
    const parsed = asDate(value);
    const year = options && options.useUTC ? parsed.getUTCFullYear() : parsed.getFullYear();
    if (year < first || year > last) throw new TypeError('Out of range.');
    if (Number.isNaN(parsed.getTime())) throw new TypeError('Invalid date.');
    return parsed;
  };
  const time = (value) => {
    if (value === null || value === undefined) return null;
    const parsed = asDate(value);
    if (Number.isNaN(parsed.getTime())) throw new TypeError('Invalid time.');
    return parsed;
  };
  const any = (value) => value;

  // Writers: a checked value as text.
  const asText = (value) => String(value);
  const asBoolean = (value) => value;
  const asBytes = (value) => kit.toBase64(value);

  /** The digits of value with so many decimals, rounded as given. */
  const fixed = (value, scale, round) => {
    const digits = BigInt(round(Math.abs(value) * 10 ** scale)).toString().padStart(scale + 1, '0');
    const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
    return value < 0 ? `-${text}` : text;
  };
  const asDecimal = (value, parameter) => fixed(value, parameter.scale ?? 0, Math.round);
  const asMoney = (value) => fixed(value, 4, Math.trunc);

  const pad = (part, length) => String(part).padStart(length, '0');
  const instant = (value, useUTC, scale) => {
    // As components of one clock, moved so that the getters of UTC read them.
    const local = useUTC ? value : new epochDate(value.getTime() - value.getTimezoneOffset() * 60_000);
    const seconds = `${pad(local.getUTCFullYear(), 4)}-${pad(local.getUTCMonth() + 1, 2)}-${pad(local.getUTCDate(), 2)}`
      + `T${pad(local.getUTCHours(), 2)}:${pad(local.getUTCMinutes(), 2)}:${pad(local.getUTCSeconds(), 2)}`;
    const fraction = Math.round((local.getUTCMilliseconds() / 1000 + (value.nanosecondDelta ?? 0)) * 10 ** scale);
    return scale === 0 ? seconds : `${seconds}.${pad(Math.min(fraction, 10 ** scale - 1), scale)}`;
  };
  const asDateTime = (value, parameter, options) => instant(value, options.useUTC, 3);
  const asScaled = (value, parameter, options) => instant(value, options.useUTC, parameter.scale ?? 7);
  const asOffset = (value, parameter) => instant(value, true, parameter.scale ?? 7);

  // Declarations for sp_prepare.
  const sized = (name, limit) => (parameter) => {
    const length = parameter.length ?? (parameter.value === null || parameter.value === undefined ? limit : Math.max(1, parameter.value.length));
    return length <= limit ? `${name}(${length})` : `${name}(max)`;
  };
  const fixedSize = (name) => (parameter) => `${name}(${parameter.length ?? (parameter.value ? parameter.value.length || 1 : 1)})`;
  const scaled = (name) => (parameter) => `${name}(${parameter.scale ?? 7})`;
  const decimal = (name) => (parameter) => `${name}(${parameter.precision ?? 18}, ${parameter.scale ?? 0})`;
  const plain = (name) => () => name;

  const TYPES = {};
  const define = (name, id, type, declaration, validate, write) => {
    TYPES[name] = { id, type, name, declaration: typeof declaration === 'string' ? plain(declaration) : declaration, validate, write };
  };
  define('TinyInt', 0x30, 'INT1', 'tinyint', integer(0, 255), asText);
  define('Bit', 0x32, 'BIT', 'bit', (value) => (value === null || value === undefined ? null : Boolean(value)), asBoolean);
  define('SmallInt', 0x34, 'INT2', 'smallint', integer(-32768, 32767), asText);
  define('Int', 0x38, 'INT4', 'int', integer(-2147483648, 2147483647), asText);
  define('SmallDateTime', 0x3A, 'DATETIM4', 'smalldatetime', date(1900, 2079), asDateTime);
  define('Real', 0x3B, 'FLT4', 'real', number, asText);
  define('Money', 0x3C, 'MONEY', 'money', money('-922337203685477.5808', '922337203685477.5807', 922337203685477.6), asMoney);
  define('DateTime', 0x3D, 'DATETIME', 'datetime', date(1753, 9999), asDateTime);
  define('Float', 0x3E, 'FLT8', 'float', number, asText);
  define('Decimal', 0x37, 'DECIMAL', decimal('decimal'), number, asDecimal);
  define('Numeric', 0x3F, 'NUMERIC', decimal('numeric'), number, asDecimal);
  define('SmallMoney', 0x7A, 'MONEY4', 'smallmoney', money('-214748.3648', '214748.3647', 214748.3647), asMoney);
  define('BigInt', 0x7F, 'INT8', 'bigint', bigint, asText);
  define('Image', 0x22, 'IMAGE', 'image', buffer, asBytes);
  define('Text', 0x23, 'TEXT', 'text', string, asText);
  define('UniqueIdentifier', 0x24, 'GUIDN', 'uniqueidentifier', guid, asText);
  define('NText', 0x63, 'NTEXT', 'ntext', string, asText);
  define('VarBinary', 0xA5, 'BIGVARBIN', sized('varbinary', 8000), buffer, asBytes);
  define('VarChar', 0xA7, 'BIGVARCHR', sized('varchar', 8000), string, asText);
  define('Binary', 0xAD, 'BIGBinary', fixedSize('binary'), buffer, asBytes);
  define('Char', 0xAF, 'BIGCHAR', fixedSize('char'), string, asText);
  define('NVarChar', 0xE7, 'NVARCHAR', sized('nvarchar', 4000), string, asText);
  define('NChar', 0xEF, 'NCHAR', fixedSize('nchar'), string, asText);
  define('Xml', 0xF1, 'XML', 'xml', string, asText);
  define('Time', 0x29, 'TIMEN', scaled('time'), time, asScaled);
  define('Date', 0x28, 'DATEN', 'date', date(1, 9999), asDateTime);
  define('DateTime2', 0x2A, 'DATETIME2N', scaled('datetime2'), date(1, 9999), asScaled);
  define('DateTimeOffset', 0x2B, 'DATETIMEOFFSETN', scaled('datetimeoffset'), date(1, 9999), asOffset);
  define('UDT', 0xF0, 'UDTTYPE', 'udt', any);
  define('TVP', 0xF3, 'TVPTYPE', 'tvp', any);
  define('Variant', 0x62, 'SSVARIANTTYPE', 'sql_variant', any);
  // Of tedious before 9.
  Object.defineProperty(TYPES, 'Null', { value: { id: 0x1F, type: 'NULL', name: 'Null', declaration: plain('null'), validate: () => null, write: asText }, enumerable: false });

  // Types of columns that may hold null.
  const nullables = {};
  for (const [name, id, type] of [
    ['IntN', 0x26, 'INTN'], ['BitN', 0x68, 'BITN'], ['DecimalN', 0x6A, 'DECIMALN'], ['NumericN', 0x6C, 'NUMERICN'],
    ['FloatN', 0x6D, 'FLTN'], ['MoneyN', 0x6E, 'MONEYN'], ['DateTimeN', 0x6F, 'DATETIMN'],
  ]) nullables[name] = { id, type, name };

  /** A checked parameter for the host. */
  function encode(parameter, options) {
    const { name, type, value, output, length, precision, scale } = parameter;
    if (!type?.write) throw new TypeError(`Parameters of the type ${type?.name} are not available here.`);
    const isNull = value === null || value === undefined;
    return {
      name: String(name).replace(/^@/, ''),
      type: type.name,
      output: Boolean(output),
      length: length === undefined || length === null ? undefined : Math.trunc(Number(length)),
      precision,
      scale,
      offset: type.name === 'DateTimeOffset' && !isNull ? -value.getTimezoneOffset() : undefined,
      value: isNull ? null : type.write(value, parameter, options),
    };
  }

  // Readers: a cell as tedious gives it.
  const same = (value) => value;
  const readers = (options) => {
    const bytes = (value) => kit.fromBase64(value);
    const guidText = options.lowerCaseGuids ? (value) => value.toLowerCase() : same;
    const moved = (milliseconds) => {
      if (options.useUTC) return new epochDate(milliseconds);
      const utc = new epochDate(milliseconds);
      const local = new epochDate(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate(), utc.getUTCHours(), utc.getUTCMinutes(), utc.getUTCSeconds(), utc.getUTCMilliseconds());
      if (utc.getUTCFullYear() < 100) local.setFullYear(utc.getUTCFullYear());
      return local;
    };
    const instantOf = ([milliseconds]) => moved(milliseconds);
    // What a Date cannot hold, as a property that does not show.
    const exact = (read) => ([milliseconds, ticks]) => Object.defineProperty(read(milliseconds), 'nanosecondsDelta', { enumerable: false, value: ticks / 1e7 });
    const variant = ([kind, value]) => ({ bytes, date: instantOf, number: Number }[kind] ?? same)(value);
    return {
      DecimalN: Number, NumericN: Number, MoneyN: Number, Money: Number, SmallMoney: Number,
      DateTimeN: instantOf, DateTime: instantOf, SmallDateTime: instantOf, Date: instantOf,
      Time: exact(moved), DateTime2: exact(moved), DateTimeOffset: exact((milliseconds) => new epochDate(milliseconds)),
      Binary: bytes, VarBinary: bytes, Image: bytes, UDT: bytes, UniqueIdentifier: guidText, Variant: variant,
    };
  };

  /** Columns as tedious describes them, from what SqlServerValues.cs wrote, and a function that reads a row of them. */
  function readColumns(columns, options) {
    const all = readers(options);
    const metadata = columns.map(([name, typeName, flags, length, precision, scale], index) => {
      const column = {
        userType: 0,
        flags,
        type: nullables[typeName] ?? TYPES[typeName],
        collation: undefined,
        precision: precision ?? undefined,
        scale: scale ?? undefined,
        udtInfo: undefined,
        dataLength: length ?? undefined,
        schema: undefined,
        colName: name,
        tableName: undefined,
      };
      if (options.columnNameReplacer) column.colName = options.columnNameReplacer(name, index, column);
      else if (options.camelCaseColumns) column.colName = name.replace(/^[A-Z]/, (first) => first.toLowerCase());
      return column;
    });
    const read = metadata.map((column) => all[column.type.name] ?? same);
    return {
      metadata,
      readRow: (row) => row.map((value, i) => ({ value: value === null ? null : read[i](value), metadata: metadata[i] })),
    };
  }

  /** An output parameter's value. */
  function readOutput(typeName, value, options) {
    if (value === null) return null;
    const read = { ...readers(options), Decimal: Number, SmallMoney: Number, BigInt: same, Variant: same, Timestamp: (bytes) => kit.fromBase64(bytes) };
    return (read[typeName] ?? same)(value);
  }

  module.exports = { TYPES, MAX, encode, readColumns, readOutput };
})
