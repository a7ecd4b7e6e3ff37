// tedious: the server's answer as events.
(function (kit, require, parts) {
  'use strict';
  const { TYPES, readColumns, readOutput } = require('internal/mssql/tds-types');
  const { RequestError } = parts;

  /** A row or its columns by name; of two of one name the first. */
  const byName = (list, nameOf) => {
    const named = Object.create(null);
    for (const item of list) if (named[nameOf(item)] === undefined || named[nameOf(item)] === null) named[nameOf(item)] = item;
    return named;
  };

  /** tedious 0.x gave an array that also had the columns' names. */
  const alsoByName = (list, nameOf) => {
    for (const item of list) {
      const name = nameOf(item);
      if (name !== '' && !(name in list)) Object.defineProperty(list, name, { value: item, enumerable: false, configurable: true, writable: true });
    }
    return list;
  };

  // The name of the server is nobody's business here.
  const messageOf = (name, data) => ({ name, ...data, serverName: '' });

  /** Raises what the server answered, in its order: the events of a connection's request. */
  function raise(connection, request, kind, result) {
    const errors = [];
    const { options } = connection.config;
    const nameOf = (item) => item.metadata.colName;
    const columnName = (column) => column.colName;
    const isBatch = kind === 'batch';
    // A statement that fails ends too, without a count.
    const last = result.events.findLastIndex(([what]) => what === 'd' || what === 'e');
    const hasFailed = result.events[last]?.[0] === 'e';
    let readRow;
    // With NOCOUNT a result set ends without a count.
    let isOpen = false;
    const done = (count, more) => {
      const rows = request.rst;
      if (options.rowCollectionOnDone) request.rst = [];
      if (count !== undefined) request.rowCount += count;
      isOpen = false;
      request.emit(isBatch ? 'done' : 'doneInProc', count, more, rows);
    };
    for (const [index, [what, data]] of result.events.entries()) {
      if (request.canceled && what !== 'i' && what !== 'e') continue;
      switch (what) {
        case 'c': {
          if (isOpen) done(undefined, true);
          isOpen = true;
          const { metadata, readRow: read } = readColumns(data, options);
          readRow = (row) => {
            const cells = read(row);
            if (options.useColumnNames) return byName(cells, nameOf);
            return connection.config.isOld ? alsoByName(cells, nameOf) : cells;
          };
          request.emit('columnMetadata', options.useColumnNames ? byName(metadata, columnName) : connection.config.isOld ? alsoByName(metadata, columnName) : metadata);
          break;
        }
        case 'r':
          for (const row of data) {
            const cells = readRow(row);
            if (options.rowCollectionOnRequestCompletion) request.rows.push(cells);
            if (options.rowCollectionOnDone) request.rst.push(cells);
            request.emit('row', cells);
          }
          break;
        case 'd':
          done(data, !isBatch || index < last);
          break;
        case 'i':
          connection.emit('infoMessage', messageOf('INFO', data));
          break;
        default: {
          connection.emit('errorMessage', messageOf('ERROR', data));
          if (request.canceled) break;
          const error = new RequestError(data.message, 'EREQUEST');
          Object.assign(error, { number: data.number, state: data.state, class: data.class, serverName: '', procName: data.procName, lineNumber: data.lineNumber });
          errors.push(error);
          request.error = errors.length > 1 ? new AggregateError(errors) : error;
        }
      }
    }
    if (result.rolledBack) {
      connection.inTransaction = false;
      connection.emit('rollbackTransaction');
    }
    if (request.canceled || result.failure) return;
    if (isOpen || (isBatch && (last < 0 || hasFailed))) done(undefined, !isBatch);
    if (isBatch) return;
    if (errors.length === 0) for (const [name, type, value] of result.outputs) request.emit('returnValue', name, readOutput(type, value, options), { type: TYPES[type] });
    request.emit('doneProc', undefined, false, result.status, request.rst);
  }

  return { raise };
})
