// mssql's types, errors and tables: https://www.npmjs.com/package/mssql
(function (kit, module, require) {
  'use strict';
  const tds = require('tedious');
  const { MAX } = require('internal/mssql/tds-types');

  class MSSQLError extends Error {
    constructor(message, code) {
      super(message instanceof Error ? message.message : message);
      if (message instanceof Error) {
        this.code = message.code || code;
        Object.defineProperty(this, 'originalError', { enumerable: true, value: message });
      } else {
        this.code = code;
      }
      this.name = 'MSSQLError';
    }
  }

  const named = (name) => ({
    [name]: class extends MSSQLError {
      constructor(message, code) {
        super(message, code);
        this.name = name;
      }
    },
  }[name]);
  const ConnectionError = named('ConnectionError');
  const TransactionError = named('TransactionError');
  const PreparedStatementError = named('PreparedStatementError');

  class RequestError extends MSSQLError {
    constructor(message, code) {
      super(message, code);
      if (message instanceof Error) {
        const { info } = message;
        this.number = info ? info.number || message.code : message.code;
        this.lineNumber = info ? info.lineNumber : message.lineNumber;
        this.state = info ? info.state : message.sqlstate;
        this.class = info ? info.class : message.severity;
        this.serverName = info ? info.serverName : message.serverName;
        this.procName = info ? info.procName : message.procName;
      }
      this.name = 'RequestError';
    }
  }

  // A type is a function that may be called with its size: sql.VarChar, sql.VarChar(50).
  const sizes = {
    VarChar: ['length'], NVarChar: ['length'], Text: [], Int: [], BigInt: [], TinyInt: [], SmallInt: [], Bit: [], Float: [],
    Numeric: ['precision', 'scale'], Decimal: ['precision', 'scale'], Real: [], Date: [], DateTime: [], DateTime2: ['scale'],
    DateTimeOffset: ['scale'], SmallDateTime: [], Time: ['scale'], UniqueIdentifier: [], SmallMoney: [], Money: [], Binary: ['length'],
    VarBinary: ['length'], Image: [], Xml: [], Char: ['length'], NChar: ['length'], NText: [], TVP: ['tvpType'], UDT: [], Geography: [],
    Geometry: [], Variant: [],
  };
  const TYPES = {};
  for (const [name, names] of Object.entries(sizes)) {
    TYPES[name] = { [name](...given) { return { type: TYPES[name], ...Object.fromEntries(names.map((size, i) => [size, given[i]])) }; } }[name];
    TYPES[name].declaration = name.toLowerCase();
  }

  const tediousNames = { Xml: 'NVarChar', NText: 'NVarChar', Geography: 'UDT', Geometry: 'UDT' };
  const toTedious = (type) => (typeof type === 'function' && TYPES[type.name] === type ? tds.TYPES[tediousNames[type.name] ?? type.name] : type);

  const byLength = {
    IntN: { 8: 'BigInt', 4: 'Int', 2: 'SmallInt', 1: 'TinyInt' }, FloatN: { 8: 'Float', 4: 'Real' }, MoneyN: { 8: 'Money', 4: 'SmallMoney' },
    DateTimeN: { 8: 'DateTime', 4: 'SmallDateTime' }, BitN: { 1: 'Bit' },
  };
  const fromTedious = (type, length) => {
    const name = byLength[type.name]?.[length] ?? { DecimalN: 'Decimal', NumericN: 'Numeric' }[type.name] ?? type.name;
    return TYPES[name];
  };

  // Names that become part of a statement are identifiers and nothing else.
  const parameterName = /^(?:[\p{L}\p{N}\p{M}\p{Pc}@#$]|\u200C|\u200D)*$/u;
  const isParameterName = (name) => (typeof name === 'string' || typeof name === 'number') && parameterName.test(String(name));
  const part = String.raw`(?:\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"|[\p{L}\p{N}\p{M}\p{Pc}@#$]+)`;
  const qualifiedName = new RegExp(`^${part}(?:\\.(?:${part})?)*(?<!\\.)$`, 'u');
  const procedureName = (name) => {
    const text = String(name).trim();
    if (!qualifiedName.test(text)) throw new MSSQLError(`Invalid procedure name '${text}'. Procedure names may only contain identifier characters.`, 'EINJECT');
    return text;
  };
  const size = (value) => {
    if (value === null || value === undefined || typeof value === 'number') return value;
    const text = String(value).trim();
    if (!/^(?:\d+|max)$/i.test(text)) throw new MSSQLError(`Invalid type size '${text}'. A length, precision or scale must be a number.`, 'EINJECT');
    return text;
  };
  const lengthOf = (value) => (typeof value === 'string' && value.toLowerCase() === 'max' ? MAX : value);

  /** A type in a declaration. */
  function declare(type, options) {
    const length = (longest, fallback) => {
      const given = size(options.length);
      return given === null || given === undefined ? fallback : given > longest ? 'MAX' : given;
    };
    switch (type) {
      case TYPES.VarChar: case TYPES.VarBinary: return `${type.declaration} (${length(8000, 'MAX')})`;
      case TYPES.NVarChar: return `${type.declaration} (${length(4000, 'MAX')})`;
      case TYPES.Char: case TYPES.NChar: case TYPES.Binary: return `${type.declaration} (${length(Infinity, 1)})`;
      case TYPES.Decimal: case TYPES.Numeric: return `${type.declaration} (${size(options.precision) ?? 18}, ${size(options.scale) ?? 0})`;
      case TYPES.Time: case TYPES.DateTime2: case TYPES.DateTimeOffset: return `${type.declaration} (${size(options.scale) ?? 7})`;
      default: return type.declaration;
    }
  }

  // What a JavaScript value is sent as, where no type is given.
  const map = [];
  map.register = function register(js, sql) {
    const at = this.findIndex((item) => item.js === js);
    if (at >= 0) this.splice(at, 1);
    this.push({ js, sql });
    return null;
  };

  function Table(name) {
    if (name) {
      const parts = [...String(name).matchAll(/\[((?:[^\]]|\]\])*)\]|([^.[\]]+)/g)].map(([, quoted, bare]) => quoted ?? bare);
      if (parts.length < 1 || parts.length > 3) throw new Error('Invalid table name.');
      [this.name, this.schema = null, this.database = null] = parts.reverse();
      this.path = [this.database, this.schema, this.name].filter(Boolean).map((each) => `[${each}]`).join('.');
      this.temporary = this.name.startsWith('#');
    }
    this.columns = [];
    this.rows = [];
    Object.defineProperty(this.columns, 'add', {
      value(columnName, type, options) {
        if (type === null || type === undefined) throw new Error('Column data type is not defined.');
        const column = { ...(typeof type === 'function' ? type() : type), name: columnName };
        for (const option of ['nullable', 'primary', 'identity', 'readOnly', 'length']) if (options && Object.hasOwn(options, option)) column[option] = options[option];
        return this.push(column);
      },
    });
    Object.defineProperty(this.rows, 'add', { value(...values) { return this.push(values); } });
    Object.defineProperty(this.rows, 'clear', { value() { return this.splice(0, this.length); } });
  }
  Table.fromRecordset = function fromRecordset(recordset, name) {
    const table = new this(name);
    for (const column of Object.values(recordset.columns)) {
      table.columns.add(column.name, { type: column.type, length: column.length, scale: column.scale, precision: column.precision }, { nullable: column.nullable, identity: column.identity, readOnly: column.readOnly });
    }
    for (const row of recordset) table.rows.add(...table.columns.map((column) => row[column.name]));
    return table;
  };

  map.register(String, TYPES.NVarChar);
  map.register(Number, TYPES.Int);
  map.register(Boolean, TYPES.Bit);
  map.register(Date, TYPES.DateTime);
  map.register(Buffer, TYPES.VarBinary);
  map.register(Table, TYPES.TVP);

  function getTypeByValue(value) {
    const registered = (js) => map.find((item) => item.js === js)?.sql ?? TYPES.NVarChar;
    switch (typeof value) {
      case 'string': return registered(String);
      case 'boolean': return registered(Boolean);
      case 'number':
        if (value % 1 !== 0) return TYPES.Float;
        return value < -2147483648 || value > 2147483647 ? TYPES.BigInt : TYPES.Int;
      case 'bigint': return value < -2147483648n || value > 2147483647n ? TYPES.BigInt : TYPES.Int;
      case 'object': return (value !== null && map.find((item) => value instanceof item.js)?.sql) || (Buffer.isBuffer(value) ? TYPES.VarBinary : TYPES.NVarChar);
      default: return TYPES.NVarChar;
    }
  }

  module.exports = {
    errors: { MSSQLError, ConnectionError, TransactionError, PreparedStatementError, RequestError },
    TYPES, MAX, Table, map, getTypeByValue, toTedious, fromTedious, isParameterName, procedureName, size, lengthOf, declare,
    ISOLATION_LEVEL: { READ_UNCOMMITTED: 1, READ_COMMITTED: 2, REPEATABLE_READ: 3, SERIALIZABLE: 4, SNAPSHOT: 5 },
    valueHandler: new Map(),
    // What the classes share: the global pool, once there is one.
    shared: { pool: null },
  };
})
