// mysql: what a query makes of MySQL's answer, and the turns on a connection.
(function (kit, require, parts) {
  'use strict';
  const EventEmitter = require('events');
  const { types, typeNames, binaryCharset, typeMatch, bytesOf, textOf, readGeometry, readRows, streamOf } = parts;

  class RowDataPacket {}
  class OkPacket {}
  class FieldPacket {}

  /** Its message begins with the code, as in the original. */
  function asMysqlError(error, sql) {
    if (error.sqlMessage === undefined) return error;
    const message = `${error.code}: ${error.sqlMessage}`;
    error.stack = String(error.stack).replace(error.message, () => message);
    error.message = message;
    if (sql !== undefined) Object.assign(error, { index: 0, sql });
    return error;
  }

  const isNumber = new Set([types.TINY, types.SHORT, types.LONG, types.INT24, types.YEAR, types.FLOAT, types.DOUBLE]);
  const isDate = new Set([types.TIMESTAMP, types.DATE, types.DATETIME, types.NEWDATE]);
  const isText = new Set([types.STRING, types.VAR_STRING, types.TINY_BLOB, types.MEDIUM_BLOB, types.LONG_BLOB, types.BLOB]);

  function castWith(config) {
    return (field, cell) => {
      const { type } = field;
      if (isDate.has(type)) {
        if (cell === null || typeMatch(type, config.dateStrings)) return cell;
        const text = type === types.DATE ? `${cell} 00:00:00` : cell;
        const date = new Date(config.timezone === 'local' ? text : `${text} ${config.timezone}`);
        return Number.isNaN(date.getTime()) ? cell : date;
      }
      if (isNumber.has(type)) return cell === null || (field.zeroFill && cell[0] === '0') ? cell : Number(cell);
      if (type === types.NEWDECIMAL || type === types.LONGLONG) {
        if (cell === null || (field.zeroFill && cell[0] === '0')) return cell;
        const asText = config.supportBigNumbers && (config.bigNumberStrings || Math.abs(Number(cell)) >= 2 ** 53);
        return asText ? cell : Number(cell);
      }
      if (type === types.BIT) return bytesOf(cell);
      if (type === types.GEOMETRY) return readGeometry(bytesOf(cell));
      return isText.has(type) && field.charsetNr === binaryCharset ? bytesOf(cell) : textOf(cell);
    };
  }

  function toField([name, orgName, table, orgTable, db, type, charsetNr, length, flags, decimals]) {
    return Object.assign(new FieldPacket(), {
      catalog: 'def', db, table, orgTable, name, orgName, charsetNr, length, type, flags, decimals, default: undefined, zeroFill: (flags & 0x40) !== 0, protocol41: true,
    });
  }

  // The sentence about an UPDATE ("Rows matched: …") is not known here, and every row found counts as changed.
  function toOk(ok = { affectedRows: 0, insertId: 0, warnings: 0, changed: 0 }) {
    return Object.assign(new OkPacket(), {
      fieldCount: 0, affectedRows: ok.affectedRows, insertId: ok.insertId, serverStatus: 2, warningCount: ok.warnings, message: '', protocol41: true, changedRows: ok.changed,
    });
  }

  /** One turn on a connection: a hand-shake, a query, a ping or a quit. */
  class Sequence extends EventEmitter {
    constructor(name, callback, start) {
      super();
      this.name = name;
      this._callback = callback;
      this._start = start;
      this._ended = false;
    }

    hasErrorHandler() { return Boolean(this._callback) || this.listenerCount('error') > 1; }

    end(error, ...results) {
      if (this._ended) return;
      this._ended = true;
      if (error) kit.guard(() => this.emit('error', error));
      if (this._callback) kit.guard(() => this._callback(error, ...results));
      kit.guard(() => this.emit('end'));
    }
  }

  class Query extends Sequence {
    constructor(options, callback) {
      super('Query', callback);
      this.sql = options.sql;
      this.values = options.values;
      this.typeCast = options.typeCast;
      this.nestTables = options.nestTables || false;
      this.timeout = options.timeout;
    }

    deliver(reply, config) {
      const results = [];
      const fields = [];
      reply.results.forEach((result, index) => {
        if (result.ok) {
          results.push(toOk(result.ok));
          fields.push(undefined);
          if (!this._callback) kit.guard(() => this.emit('result', results.at(-1), index));
          return;
        }
        const packets = result.fields.map(toField);
        const rows = readRows(result, packets, {
          typeCast: this.typeCast ?? config.typeCast,
          nestTables: this.nestTables,
          row: () => new RowDataPacket(),
          uncast: (field, cell) => (field.charsetNr === binaryCharset ? bytesOf(cell) : textOf(cell)),
          wrap: (field, readers) => ({ db: field.db, table: field.table, name: field.name, type: typeNames[field.type], length: field.length, ...readers }),
        }, castWith(config));
        results.push(rows);
        fields.push(packets);
        if (this._callback) return;
        kit.guard(() => this.emit('fields', packets, index));
        for (const row of rows) kit.guard(() => this.emit('result', row, index));
      });
      this.end(null, results.length > 1 ? results : results[0], fields.length > 1 ? fields : fields[0]);
    }

    stream() { return streamOf(this); }
  }

  function createQuery(sql, given, callback) {
    if (sql instanceof Query) return sql;
    let call = callback;
    let options = {};
    if (typeof sql === 'function') {
      call = sql;
    } else {
      options = typeof sql === 'object' && sql !== null ? { ...sql } : { sql };
      if (typeof given === 'function') call = given;
      else if (given !== undefined) options.values = given;
    }
    if (call !== undefined && typeof call !== 'function') throw new TypeError('argument callback must be a function when provided');
    return new Query(options, call);
  }

  return { sqlText: parts.sqlTextOf('mysql'), asMysqlError, toOk, Sequence, Query, createQuery };
})
