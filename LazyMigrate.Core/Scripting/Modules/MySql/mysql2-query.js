// mysql2: what a query makes of MySQL's answer, and of bound values.
(function (kit, require, parts) {
  'use strict';
  const EventEmitter = require('events');
  const { types, typeNames, binaryCharset, typeMatch, bytesOf, textOf, readGeometry, readRows, streamOf } = parts;
  const sqlText = parts.sqlTextOf('mysql2');

  class ResultSetHeader {}
  class ColumnDefinition {
    get db() { return this.schema; }
  }

  /** Its message is the server's sentence; its `sql` the statement as it was written, without what was filled in. */
  function asMysqlError(error, sql) {
    if (error.sqlMessage !== undefined && sql !== undefined) error.sql = sql;
    return error;
  }


  // Values out of MySQL's text: mysql2's parsers.
  function parseDate(text, zone, hasTime) {
    const match = /^(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?)?$/.exec(text);
    if (!match) return new Date(Number.NaN);
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = ''] = match;
    if (hasTime && (month === '00' || day === '00')) return new Date(Number.NaN);
    const parts = [Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, '0').slice(0, 3))];
    if (!zone || zone === 'local') {
      if (!hasTime) return new Date(...parts.slice(0, 3));
      const date = new Date(2000, parts[1], parts[2], ...parts.slice(3));
      date.setFullYear(parts[0], parts[1], parts[2]);
      return date;
    }
    const offset = zone === 'Z' ? 'Z' : zone;
    return new Date(hasTime ? `${text.replace(' ', 'T')}${offset}` : `${text}T00:00:00${offset}`);
  }

  const plain = new Set([types.TINY, types.SHORT, types.LONG, types.INT24, types.YEAR, types.FLOAT, types.DOUBLE]);

  function castWith(options) {
    return (field, cell) => {
      if (cell === null) return null;
      const type = field.columnType;
      if (plain.has(type)) return Number(cell);
      switch (type) {
        case types.LONGLONG: {
          if (options.supportBigNumbers && options.bigNumberStrings) return cell;
          const number = Number(cell);
          return options.supportBigNumbers && !Number.isSafeInteger(number) ? cell : number;
        }
        case types.DECIMAL:
        case types.NEWDECIMAL:
          return options.decimalNumbers ? Number(cell) : cell;
        case types.DATE:
        case types.DATETIME:
        case types.TIMESTAMP:
          return typeMatch(type, options.dateStrings) ? cell : parseDate(cell, options.timezone, type !== types.DATE);
        case types.GEOMETRY:
          return readGeometry(bytesOf(cell));
        case types.JSON:
          return options.jsonStrings ? textOf(cell) : JSON.parse(textOf(cell));
        case types.TIME:
          return cell;
        default:
          return field.characterSet === binaryCharset ? bytesOf(cell) : textOf(cell);
      }
    };
  }

  function toField([name, orgName, table, orgTable, schema, type, characterSet, columnLength, flags, decimals]) {
    return Object.assign(new ColumnDefinition(), {
      catalog: 'def', schema, name, orgName, table, orgTable, characterSet, columnLength, columnType: type, type, flags, decimals,
      encoding: characterSet === binaryCharset ? 'binary' : 'utf8',
    });
  }

  function toHeader(ok) {
    return Object.assign(new ResultSetHeader(), {
      fieldCount: 0, affectedRows: ok.affectedRows, insertId: ok.insertId, info: '', serverStatus: 2, warningStatus: ok.warnings, changedRows: ok.changed,
    });
  }

  /** `:name` placeholders as `?`, and the object's values in their order: https://github.com/mysqljs/named-placeholders. */
  function unnamed(sql, given) {
    const names = [];
    const text = sql.replace(/'(?:[^'\\]|\\[^]|'')*'|"(?:[^"\\]|\\[^]|"")*"|(::)|:(\d+|[a-zA-Z]\w*)/g, (match, twice, name) => {
      if (name === undefined) return match;
      names.push(name);
      return '?';
    });
    if (names.length === 0) return [sql, []];
    if (given === undefined) throw new Error('Named query contains placeholders, but parameters object is undefined');
    return [text, names.map((name) => given[name])];
  }

  function resolveNames(options, config) {
    options.namedPlaceholders ??= config.namedPlaceholders;
    if (options.namedPlaceholders && !Array.isArray(options.values)) [options.sql, options.values] = unnamed(options.sql, options.values);
  }

  const notAPromise = "You have tried to call .then(), .catch(), or invoked await on the result of query that is not a promise, which is a programming error. Try calling con.promise().query(), or require('mysql2/promise') instead of 'mysql2' for a promise-compatible version of the query interface. To learn how to use async/await or Promises check out documentation at https://sidorares.github.io/node-mysql2/docs#using-promise-wrapper, or the mysql2 documentation at https://sidorares.github.io/node-mysql2/docs/documentation/promise-wrapper";

  class Command extends EventEmitter {
    constructor(onResult, start) {
      super();
      this.onResult = onResult;
      this._start = start;
    }

    fail(error) {
      if (this.onResult) kit.guard(() => this.onResult(error));
      else kit.guard(() => this.emit('error', error));
      kit.guard(() => this.emit('end'));
    }

    finish(...results) {
      if (this.onResult) kit.guard(() => this.onResult(null, ...results));
      kit.guard(() => this.emit('end'));
    }
  }

  class Query extends Command {
    constructor(options, callback) {
      super(callback);
      this.sql = options.sql;
      this.values = options.values;
      this.namedPlaceholders = options.namedPlaceholders;
      this.timeout = options.timeout;
      this._options = options;
    }

    then() {
      console.log(notAPromise);
      throw new Error(notAPromise);
    }

    catch() { return this.then(); }

    deliver(reply, config) {
      const options = { ...config, ...Object.fromEntries(Object.entries(this._options).filter(([, value]) => value !== undefined)) };
      const results = [];
      const fields = [];
      reply.results.forEach((result, index) => {
        if (result.ok) {
          const header = toHeader(result.ok);
          results.push(header);
          fields.push(undefined);
          kit.guard(() => this.emit('fields', undefined));
          kit.guard(() => this.emit('result', header));
          return;
        }
        const columns = result.fields.map(toField);
        const cast = castWith(options);
        const rows = readRows(result, columns, {
          typeCast: options.typeCast,
          nestTables: options.nestTables,
          rowsAsArray: options.rowsAsArray,
          row: () => ({}),
          uncast: (field, cell) => bytesOf(cell),
          wrap: (field, readers) => ({ type: typeNames[field.columnType], length: field.columnLength, db: field.schema, table: field.table, name: field.name, ...readers }),
        }, cast);
        results.push(rows);
        fields.push(columns);
        kit.guard(() => this.emit('fields', columns));
        if (!this.onResult) for (const row of rows) kit.guard(() => this.emit('result', row, index));
      });
      if (results.length > 1) this.finish(results, fields);
      else if (fields[0]) this.finish(results[0], fields[0]);
      else this.finish(results[0]);
    }

    stream() { return streamOf(this); }
  }

  function createQuery(sql, given, callback, config = {}) {
    let call = callback;
    const options = { rowsAsArray: config.rowsAsArray, ...(typeof sql === 'object' ? sql : { sql }) };
    if (typeof given === 'function') call = given;
    else if (given !== undefined) options.values = given;
    return new Query(options, call);
  }

  // What mysql2 makes of a bound value: https://sidorares.github.io/node-mysql2/docs/documentation/prepared-statements
  function toParameter(value) {
    switch (typeof value) {
      case 'number': return { n: String(value) };
      case 'boolean': return { n: value ? '1' : '0' };
      case 'string': return { s: value };
      case 'bigint': return { s: String(value) };
      default:
        if (value === null) return null;
        if (value instanceof Date) return { d: value };
        if (ArrayBuffer.isView(value)) return { b: kit.toBase64(kit.toBytes(value)) };
        return { s: JSON.stringify(value) };
    }
  }

  function dateParameter(date, zone) {
    return { s: sqlText.escape(date, false, zone).slice(1, -1) };
  }

  function checkParameters(given) {
    if (!given) return;
    if (!Array.isArray(given)) throw new TypeError('Bind parameters must be array if namedPlaceholders parameter is not enabled');
    for (const value of given) {
      if (value === undefined) throw new TypeError('Bind parameters must not contain undefined. To pass SQL NULL specify JS null');
      if (typeof value === 'function') throw new TypeError('Bind parameters must not contain function(s). To pass the body of a function as a string call .toString() first');
    }
  }

  class PreparedStatementInfo {
    #connection;
    #sql;
    constructor(connection, sql) {
      this.#connection = connection;
      this.#sql = sql;
    }

    execute(given, callback) { return this.#connection.execute(this.#sql, given, callback); }
    close() {}
  }

  return { sqlText, asMysqlError, resolveNames, Command, Query, createQuery, toParameter, dateParameter, checkParameters, PreparedStatementInfo };
})
