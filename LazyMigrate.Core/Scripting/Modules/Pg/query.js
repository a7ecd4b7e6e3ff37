// Queries with events, as scripts for node-postgres before version 7 use them, and `new Query(…)` since.
(function (kit, module, require) {
  'use strict';
  const EventEmitter = require('events');

  /** Tells an emitter's listeners what came of a query. */
  function tell(emitter, result, keepsRows) {
    result.then((found) => {
      const rows = found.rows;
      // As in the original: who listens to rows, and gave no callback, collects them himself by result.addRow(row).
      if (!keepsRows && emitter.listenerCount('row') > 0) found.rows = [];
      for (const row of rows) kit.guard((each) => emitter.emit('row', each, found), row);
      kit.guard((each) => emitter.emit('end', each), found);
    }, (error) => kit.guard((each) => emitter.emit('error', each), error));
  }

  class Query extends EventEmitter {
    constructor(config, values, callback) {
      super();
      Object.assign(this, typeof config === 'object' && config !== null ? config : { text: config });
      if (typeof values === 'function') this.callback = values;
      else if (values) this.values = values;
      if (typeof callback === 'function') this.callback = callback;
    }
  }

  /** A promise that can be listened to as well. */
  function withEvents(result, keepsRows) {
    let emitter;
    for (const name of ['on', 'once', 'addListener', 'removeListener', 'off']) {
      Object.defineProperty(result, name, {
        value(event, listener) {
          if (!emitter) {
            emitter = new EventEmitter();
            tell(emitter, result, keepsRows);
          }
          emitter[name](event, listener);
          return result;
        },
        configurable: true,
        writable: true,
      });
    }
    return result;
  }

  module.exports = { Query, tell, withEvents };
})
