// What all streams have: the old Stream, and how a stream is destroyed (https://nodejs.org/api/stream.html#writabledestroyerror).
(function (kit, module, require) {
  'use strict';
  const EventEmitter = require('events');
  const { coded } = require('internal/errors');
  const later = (action, ...args) => process.nextTick(() => kit.guard(action, ...args));
  const extend = (Type, Parent) => {
    Object.setPrototypeOf(Type.prototype, Parent.prototype);
    Object.setPrototypeOf(Type, Parent);
  };
  const hidden = (target, name, value) => Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });

  function Stream(options) { EventEmitter.call(this, options); }
  extend(Stream, EventEmitter);
  Stream.prototype.pipe = function pipe(target, options) {
    this.on('data', (chunk) => { if (target.write(chunk) === false) this.pause?.(); });
    target.on('drain', () => this.resume?.());
    if (options?.end !== false) this.on('end', () => target.end());
    target.emit('pipe', this);
    return target;
  };

  /** What both halves of a stream share; a Duplex begins it once. */
  function begin(stream, options) {
    if (Object.hasOwn(stream, 'closed')) return;
    for (const [name, value] of [['destroyed', false], ['closed', false], ['errored', null], ['_closeEmitted', false], ['_constructed', true], ['_constructing', null]]) hidden(stream, name, value);
    if (typeof options.destroy === 'function') stream._destroy = options.destroy;
    if (typeof options.construct === 'function') stream._construct = options.construct;
    if (options.signal) require('internal/stream-pipeline').addAbortSignal(options.signal, stream);
    if (typeof stream._construct === 'function') {
      stream._constructed = false;
      stream._constructing = [];
      later(construct, stream);
    }
  }

  function construct(stream) {
    let isCalled = false;
    const done = (error) => {
      if (isCalled) return;
      isCalled = true;
      stream._constructed = true;
      const waiting = stream._constructing.splice(0);
      if (error) fail(stream, error);
      for (const action of waiting) action();
    };
    try {
      stream._construct((error) => later(done, error));
    } catch (error) {
      later(done, error);
    }
  }
  /** Runs an action when the stream has been constructed: at once, where there is nothing to construct. */
  const whenConstructed = (stream, action) => (stream._constructed ? action() : stream._constructing.push(action));

  function destroy(error, callback) {
    if (this.destroyed) {
      if (typeof callback === 'function') later(callback);
      return this;
    }
    this.destroyed = true;
    if (error) this.errored ??= error;
    let isCalled = false;
    const done = (reason) => {
      if (isCalled) return;
      isCalled = true;
      if (reason) this.errored ??= reason;
      this.closed = true;
      callback?.(reason);
      later(() => {
        if (reason) emitError(this, reason);
        this._closeEmitted = true;
        this.emit('close');
      });
    };
    whenConstructed(this, () => {
      try {
        this._destroy(error ?? null, done);
      } catch (thrown) {
        done(thrown);
      }
    });
    return this;
  }
  const doDestroy = function _destroy(error, callback) { callback(error); };

  function emitError(stream, error) {
    if (stream._errorEmitted) return;
    hidden(stream, '_errorEmitted', true);
    stream.emit('error', error);
  }

  const destroysItself = (stream) => (stream._readableState ?? stream._writableState).autoDestroy;

  /** An error of the stream's own: it ends the stream, unless that was asked not to end itself. */
  function fail(stream, error) {
    if (stream.destroyed) return;
    if (destroysItself(stream)) {
      stream.destroy(error);
      return;
    }
    stream.errored ??= error;
    later(emitError, stream, error);
  }

  /** Both halves are through. */
  function closeWhenDone(stream) {
    const { _readableState: readable, _writableState: writable } = stream;
    if (readable && (!readable.autoDestroy || !readable.endEmitted)) return;
    if (writable && (!writable.autoDestroy || !writable.finished)) return;
    stream.destroy();
  }

  const abortError = (cause) => Object.assign(new Error('The operation was aborted', cause === undefined ? undefined : { cause }), { name: 'AbortError', code: 'ABORT_ERR' });
  const prematureClose = () => coded(Error, 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close');

  module.exports = { Stream, later, extend, hidden, begin, whenConstructed, destroy, doDestroy, fail, closeWhenDone, abortError, prematureClose };
})
