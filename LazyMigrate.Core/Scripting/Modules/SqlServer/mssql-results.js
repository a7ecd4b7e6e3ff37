// mssql: the rows, columns and errors that a request gathers.
(function (kit, require, parts) {
  'use strict';
  const { Table, valueHandler, fromTedious, errors: { RequestError } } = require('internal/mssql/types');

  const JSON_COLUMN = 'JSON_F52E2B61-18A1-11d1-B105-00805F49916B';
  const XML_COLUMN = 'XML_F52E2B61-18A1-11d1-B105-00805F49916B';

  function describeColumns(metadata, asArray) {
    const columns = metadata.map((column, index) => ({
      index,
      name: column.colName,
      length: column.dataLength,
      type: fromTedious(column.type, column.dataLength),
      scale: column.scale,
      precision: column.precision,
      nullable: Boolean(column.flags & 0x01),
      caseSensitive: Boolean(column.flags & 0x02),
      identity: Boolean(column.flags & 0x10),
      readOnly: !(column.flags & 0x0C),
    }));
    return asArray ? columns : Object.fromEntries(columns.map((column) => [column.name, column]));
  }

  /** A row: two columns of one name become an array. */
  function readRow(cells, asArray) {
    const values = cells.map(({ value, metadata }) => {
      const handler = valueHandler.get(fromTedious(metadata.type, metadata.dataLength));
      return handler ? handler(value) : value;
    });
    if (asArray) return values;
    const row = {};
    cells.forEach(({ metadata: { colName } }, i) => {
      const before = row[colName];
      if (before === undefined) row[colName] = values[i];
      else if (Array.isArray(before)) before.push(values[i]);
      else row[colName] = [before, values[i]];
    });
    return row;
  }

  /** What a request has gathered so far. */
  class Gathering {
    recordsets = [];
    allColumns = [];
    output = {};
    rowsAffected = [];
    errors = [];
    returnValue = 0;
    lastOutput = null;
    #request;
    #columns = null;
    #recordset = [];
    #chunks = null;

    constructor(request) { this.#request = request; }

    error(error) {
      if (this.#request.stream) this.#request.emit('error', error);
      this.errors.push(error);
    }

    columns(metadata) {
      const { stream, arrayRowMode, _hasBatchOutput: hasOutput } = this.#request;
      this.#columns = describeColumns(metadata, arrayRowMode);
      this.#chunks = metadata.length === 1 && [JSON_COLUMN, XML_COLUMN].includes(metadata[0].colName) ? { name: metadata[0].colName, texts: [] } : null;
      if (stream && !(hasOutput && this.#columns.___return___)) this.#request.emit('recordset', this.#columns);
      if (arrayRowMode) this.allColumns.push(this.#columns);
    }

    row(cells) {
      if (this.#chunks) this.#chunks.texts.push(cells[0].value);
      else this.#add(readRow(cells, this.#request.arrayRowMode));
    }

    #add(row) {
      if (!this.#request.stream) this.#recordset.push(row);
      else if (row?.___return___) this.lastOutput = row;
      else this.#request.emit('row', row);
    }

    done(count, config) {
      if (count !== undefined && count !== null) {
        this.rowsAffected.push(count);
        if (this.#request.stream) this.#request.emit('rowsaffected', count);
      }
      if (!this.#columns) return;
      if (this.#chunks) this.#add(this.#joined(config));
      if (!this.#request.stream) {
        const hidden = (value) => ({ enumerable: false, configurable: true, value });
        Object.defineProperties(this.#recordset, { columns: hidden(this.#columns), toTable: hidden(function toTable(name) { return Table.fromRecordset(this, name); }) });
        this.recordsets.push(this.#recordset);
      }
      this.#recordset = [];
      this.#columns = null;
    }

    /** FOR JSON and FOR XML come in pieces. */
    #joined(config) {
      const { name, texts } = this.#chunks;
      const text = texts.join('');
      this.#chunks = null;
      if (name !== JSON_COLUMN || config.parseJSON !== true) return { [name]: text };
      try {
        return text === '' ? null : JSON.parse(text);
      } catch (error) {
        this.error(new RequestError(new Error(`Failed to parse incoming JSON. ${error.message}`), 'EJSON'));
        return null;
      }
    }
  }

  return { Gathering };
})
