// Streams with both halves: https://nodejs.org/api/stream.html#duplex-and-transform-streams.
(function (kit, module, require) {
  'use strict';
  const { coded } = require('internal/errors');
  const { Stream, extend, hidden } = require('internal/stream-base');
  const { Readable, initReadable } = require('internal/stream-readable');
  const { initWritable, addWriting } = require('internal/stream-writable');

  function Duplex(options) {
    if (!(this instanceof Duplex)) return new Duplex(options);
    const given = options ?? {};
    Stream.call(this, given);
    initReadable(this, given);
    initWritable(this, given);
    hidden(this, 'allowHalfOpen', given.allowHalfOpen !== false);
    if (given.readable === false) Object.assign(this._readableState, { ended: true, endEmitted: true });
    if (given.writable === false) Object.assign(this._writableState, { ending: true, finished: true });
  }
  extend(Duplex, Readable);
  addWriting(Duplex);

  function Transform(options) {
    if (!(this instanceof Transform)) return new Transform(options);
    Duplex.call(this, options);
    this._readableState.sync = false;
    if (typeof options?.transform === 'function') this._transform = options.transform;
    if (typeof options?.flush === 'function') this._flush = options.flush;
    hidden(this, '_held', null);
    // One that has a _final of its own ends its readable half here.
    this.on('prefinish', () => { if (this._final !== flush) flush.call(this); });
  }
  extend(Transform, Duplex);
  function flush(callback) {
    const end = (error, value) => {
      if (error) {
        if (callback) callback(error);
        else this.destroy(error);
        return;
      }
      if (value !== undefined && value !== null) this.push(value);
      this.push(null);
      callback?.();
    };
    if (typeof this._flush === 'function' && !this.destroyed) this._flush(end);
    else end();
  }
  Object.assign(Transform.prototype, {
    _final: flush,
    _transform() { throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _transform() method is not implemented'); },
    _write(chunk, encoding, callback) {
      const { _readableState: readable, _writableState: writable } = this;
      const before = readable.length;
      this._transform(chunk, encoding, (error, value) => {
        if (error) {
          callback(error);
          return;
        }
        if (value !== undefined && value !== null) this.push(value);
        // Held until somebody reads: the backpressure of a transform.
        if (writable.ending || before === readable.length || readable.length < readable.highWaterMark) callback();
        else this._held = callback;
      });
    },
    _read() {
      const held = this._held;
      this._held = null;
      held?.();
    },
  });

  function PassThrough(options) {
    if (!(this instanceof PassThrough)) return new PassThrough(options);
    Transform.call(this, options);
  }
  extend(PassThrough, Transform);
  PassThrough.prototype._transform = (chunk, encoding, callback) => callback(null, chunk);

  module.exports = { Duplex, Transform, PassThrough };
})
