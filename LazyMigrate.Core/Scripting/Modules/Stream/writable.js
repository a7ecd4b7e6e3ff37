// The writable half: https://nodejs.org/api/stream.html#writable-streams. One chunk is written at a time; the others wait.
(function (kit, module, require) {
  'use strict';
  const { coded, invalidType } = require('internal/errors');
  const { Stream, later, extend, hidden, begin, whenConstructed, destroy, doDestroy, fail, closeWhenDone } = require('internal/stream-base');

  function Writable(options) {
    if (!(this instanceof Writable)) return new Writable(options);
    Stream.call(this, options);
    initWritable(this, options ?? {});
  }
  extend(Writable, Stream);
  // A Duplex extends Readable; it counts as a Writable by what it can.
  Object.defineProperty(Writable, Symbol.hasInstance, { value(value) { return Function.prototype[Symbol.hasInstance].call(this, value) || (this === Writable && value instanceof Stream && value.write === writing.write); } });

  function initWritable(stream, options) {
    const objectMode = Boolean(options.objectMode || options.writableObjectMode);
    hidden(stream, '_writableState', {
      objectMode, highWaterMark: options.writableHighWaterMark ?? options.highWaterMark ?? (objectMode ? 16 : 16384), autoDestroy: options.autoDestroy !== false,
      decodeStrings: options.decodeStrings !== false, defaultEncoding: options.defaultEncoding ?? 'utf8', queue: [], length: 0, pending: 0, corked: 0,
      writing: false, ending: false, finalCalled: false, prefinished: false, finished: false, needDrain: false, onEnd: [],
    });
    begin(stream, options);
    if (typeof options.write === 'function') stream._write = options.write;
    if (typeof options.writev === 'function') stream._writev = options.writev;
    if (typeof options.final === 'function') stream._final = options.final;
    if (!stream._constructed) {
      whenConstructed(stream, () => {
        work(stream);
        finish(stream, false);
      });
    }
  }

  /** @returns the error that the chunk met, if any */
  function accept(stream, given, encoding, call) {
    const state = stream._writableState;
    if (given === null) throw coded(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
    let chunk = given;
    let name = encoding;
    if (!state.objectMode) {
      name ??= state.defaultEncoding;
      if (typeof chunk === 'string') {
        if (state.decodeStrings) {
          chunk = kit.BufferClass.from(chunk, name);
          name = 'buffer';
        }
      } else if (ArrayBuffer.isView(chunk)) {
        chunk = kit.BufferClass.isBuffer(chunk) ? chunk : kit.BufferClass.from(kit.toBytes(chunk));
        name = 'buffer';
      } else throw invalidType('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
    }
    const error = state.ending ? coded(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end') : stream.destroyed ? coded(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed') : undefined;
    if (error) {
      if (call) later(call, error);
      fail(stream, error);
      return error;
    }
    state.pending++;
    const size = state.objectMode ? 1 : chunk.length;
    state.length += size;
    state.queue.push({ chunk, encoding: name, size, call });
    work(stream);
    return undefined;
  }

  const writing = {
    _write(chunk, encoding, callback) {
      if (typeof this._writev === 'function') this._writev([{ chunk, encoding }], callback);
      else throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _write() method is not implemented');
    },
    write(chunk, encoding, callback) {
      const state = this._writableState;
      const call = typeof encoding === 'function' ? encoding : callback;
      if (accept(this, chunk, typeof encoding === 'string' ? encoding : undefined, call)) return false;
      const isRoomy = state.length < state.highWaterMark || state.length === 0;
      if (!isRoomy) state.needDrain = true;
      return isRoomy && !this.errored && !this.destroyed;
    },
    end(given, encoding, callback) {
      const state = this._writableState;
      const call = [given, encoding, callback].find((each) => typeof each === 'function');
      let error;
      if (given !== undefined && given !== null && typeof given !== 'function') error = accept(this, given, typeof encoding === 'string' ? encoding : undefined);
      if (state.corked) {
        state.corked = 1;
        this.uncork();
      }
      if (!error) {
        if (!this.errored && !state.ending) {
          state.ending = true;
          finish(this, true);
        } else if (state.finished) error = coded(Error, 'ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished');
        else if (this.destroyed) error = coded(Error, 'ERR_STREAM_DESTROYED', 'Cannot call end after a stream was destroyed');
      }
      if (call) {
        if (error) later(call, error);
        else if (state.finished) later(call);
        else state.onEnd.push(call);
      }
      return this;
    },
    setDefaultEncoding(encoding) {
      this._writableState.defaultEncoding = encoding;
      return this;
    },
    cork() { this._writableState.corked++; },
    uncork() {
      const state = this._writableState;
      if (state.corked === 0) return;
      state.corked--;
      work(this);
    },
    _destroy: doDestroy,
    destroy(error, callback) {
      if (!this.destroyed) later(dropQueue, this);
      return destroy.call(this, error, callback);
    },
  };
  Object.assign(Writable.prototype, writing);

  function work(stream) {
    const state = stream._writableState;
    if (state.writing || state.corked || stream.destroyed || stream.errored || !stream._constructed || state.queue.length === 0) return;
    const all = state.queue.length > 1 && typeof stream._writev === 'function' ? state.queue.splice(0) : [state.queue.shift()];
    state.writing = true;
    let isSync = true;
    let isCalled = false;
    const done = (error) => {
      if (isCalled) {
        fail(stream, coded(Error, 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times'));
        return;
      }
      isCalled = true;
      state.writing = false;
      for (const { size } of all) state.length -= size;
      if (error) stream.errored ??= error;
      const settle = () => {
        if (!error && state.needDrain && state.length === 0 && !state.ending && !stream.destroyed) {
          state.needDrain = false;
          stream.emit('drain');
        }
        for (const { call } of all) {
          state.pending--;
          call?.(error ?? null);
        }
        if (error) {
          dropQueue(stream);
          fail(stream, error);
        } else {
          if (stream.destroyed) dropQueue(stream);
          finish(stream, false);
        }
      };
      if (!error) work(stream);
      if (isSync) later(settle);
      else settle();
    };
    try {
      if (all.length > 1) stream._writev(all.map(({ chunk, encoding }) => ({ chunk, encoding })), done);
      else stream._write(all[0].chunk, all[0].encoding, done);
    } catch (error) {
      done(error);
    }
    isSync = false;
  }

  /** What waits in a stream that is destroyed is told so. */
  function dropQueue(stream) {
    const state = stream._writableState;
    if (state.writing) return;
    for (const { size, call } of state.queue.splice(0)) {
      state.length -= size;
      state.pending--;
      call?.(stream.errored ?? coded(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed'));
    }
    for (const call of state.onEnd.splice(0)) later(call, stream.errored ?? coded(Error, 'ERR_STREAM_DESTROYED', 'Cannot call end after a stream was destroyed'));
  }

  const isDone = (stream, state) => state.ending && !stream.destroyed && stream._constructed && state.length === 0 && !stream.errored && state.queue.length === 0 && !state.finished && !state.writing;

  function finish(stream, isSync) {
    const state = stream._writableState;
    if (!isDone(stream, state)) return;
    if (!state.prefinished && !state.finalCalled) {
      if (typeof stream._final === 'function') {
        state.finalCalled = true;
        callFinal(stream, state);
      } else {
        state.prefinished = true;
        stream.emit('prefinish');
      }
    }
    if (state.pending > 0 || !isDone(stream, state)) return;
    if (!isSync) {
      finishNow(stream, state);
      return;
    }
    state.pending++;
    later(() => {
      state.pending--;
      if (isDone(stream, state)) finishNow(stream, state);
    });
  }
  function callFinal(stream, state) {
    let isCalled = false;
    state.pending++;
    const done = (error) => {
      if (isCalled) {
        fail(stream, coded(Error, 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times'));
        return;
      }
      isCalled = true;
      state.pending--;
      if (error) fail(stream, error);
      else if (isDone(stream, state)) {
        state.prefinished = true;
        stream.emit('prefinish');
        state.pending++;
        later(() => {
          state.pending--;
          if (isDone(stream, state)) finishNow(stream, state);
        });
      }
    };
    try {
      stream._final(done);
    } catch (error) {
      done(error);
    }
  }
  function finishNow(stream, state) {
    state.finished = true;
    for (const call of state.onEnd.splice(0)) call();
    stream.emit('finish');
    closeWhenDone(stream);
  }

  const getters = {
    writable: (stream) => !stream.destroyed && !stream.errored && !stream._writableState.ending, writableEnded: (stream) => stream._writableState.ending, writableFinished: (stream) => stream._writableState.finished,
    writableLength: (stream) => stream._writableState.length, writableHighWaterMark: (stream) => stream._writableState.highWaterMark, writableObjectMode: (stream) => stream._writableState.objectMode,
    writableNeedDrain: (stream) => stream._writableState.needDrain && !stream.destroyed && !stream._writableState.ending, writableCorked: (stream) => stream._writableState.corked,
  };
  /** Gives a type the writable half's methods and properties. */
  function addWriting(Type) {
    for (const name of Object.keys(writing)) Type.prototype[name] = writing[name];
    for (const name of Object.keys(getters)) Object.defineProperty(Type.prototype, name, { get() { return this._writableState ? getters[name](this) : undefined; }, set() {}, configurable: true });
  }
  addWriting(Writable);

  module.exports = { Writable, initWritable, addWriting };
})
