// Node's streams, as far as libraries and scripts use them: https://nodejs.org/api/stream.html. Flow and backpressure work by
// the same rules; cork, captureRejections and web streams are not there.
(function (kit, module, require) {
  'use strict';
  const EventEmitter = require('events');
  const { coded, invalidType } = require('internal/errors');
  const later = (action, ...args) => process.nextTick(() => kit.guard(action, ...args));
  const extend = (Type, Parent) => {
    Object.setPrototypeOf(Type.prototype, Parent.prototype);
    Object.setPrototypeOf(Type, Parent);
  };

  function Stream(options) { EventEmitter.call(this, options); }
  extend(Stream, EventEmitter);
  Stream.prototype.pipe = function pipe(target) {
    this.on('data', (chunk) => { if (target.write(chunk) === false) this.pause?.(); });
    target.on('drain', () => this.resume?.());
    this.on('end', () => target.end());
    return target;
  };

  const hidden = (target, name, value) => Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
  const sizeOf = (chunk, state) => (state.objectMode ? 1 : chunk.length);

  function destroy(error, callback) {
    if (this.destroyed) {
      if (callback) later(callback);
      return this;
    }
    this.destroyed = true;
    const finish = (failure) => {
      const reason = failure || error;
      if (reason) {
        this.errored = reason;
        callback?.(reason);
      } else callback?.();
      later(() => {
        if (reason && !callback) this.emit('error', reason);
        this.closed = true;
        this.emit('close');
      });
    };
    this._destroy(error ?? null, finish);
    return this;
  }
  const doDestroy = function _destroy(error, callback) { callback(error); };

  // Readable
  function Readable(options = {}) {
    if (!(this instanceof Readable)) return new Readable(options);
    Stream.call(this, options);
    initReadable(this, options);
  }
  extend(Readable, Stream);
  function initReadable(stream, options) {
    hidden(stream, '_readableState', {
      objectMode: Boolean(options.objectMode || options.readableObjectMode), highWaterMark: options.highWaterMark ?? (options.objectMode ? 16 : 16384),
      buffer: [], length: 0, flowing: null, ended: false, endEmitted: false, reading: false, decoder: null, encoding: null, scheduled: false, pipes: [],
    });
    Object.assign(stream, { destroyed: false });
    for (const name of ['closed', 'errored']) hidden(stream, name, name === 'closed' ? false : null);
    if (typeof options.read === 'function') stream._read = options.read;
    if (typeof options.destroy === 'function') stream._destroy = options.destroy;
    if (options.encoding) stream.setEncoding(options.encoding);
    hidden(stream, '_autoDestroy', options.autoDestroy !== false);
  }
  Object.assign(Readable.prototype, {
    _read() { throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _read() method is not implemented'); },
    _destroy: doDestroy,
    destroy,

    push(chunk, encoding) { return put(this, chunk, encoding, false); },
    unshift(chunk, encoding) { return put(this, chunk, encoding, true); },

    setEncoding(encoding) {
      const { StringDecoder } = require('string_decoder');
      const state = this._readableState;
      state.decoder = new StringDecoder(encoding);
      state.encoding = state.decoder.encoding;
      const text = state.buffer.map((chunk) => state.decoder.write(chunk)).join('') + (state.ended ? state.decoder.end() : '');
      state.buffer = text ? [text] : [];
      state.length = text.length;
      return this;
    },

    read(count) {
      const state = this._readableState;
      if (count === 0) {
        fill(this);
        return null;
      }
      if (state.length === 0) {
        fill(this);
        if (state.ended) finishReading(this);
        if (state.length === 0) return null;
      }
      let chunk;
      if (state.objectMode) chunk = state.buffer.shift();
      else if (count === undefined || Number.isNaN(count) || count >= state.length) {
        if (count > state.length && !state.ended) {
          fill(this);
          return null;
        }
        chunk = state.flowing && count === undefined ? state.buffer.shift() : joined(state.buffer.splice(0));
      } else {
        const all = joined(state.buffer.splice(0));
        chunk = all.slice(0, count);
        state.buffer.push(all.slice(count));
      }
      state.length -= sizeOf(chunk, state);
      if (!state.ended && state.length < state.highWaterMark) fill(this);
      if (state.ended && state.length === 0) finishReading(this);
      if (chunk !== null) this.emit('data', chunk);
      return chunk;
    },

    on(event, listener) {
      Stream.prototype.on.call(this, event, listener);
      const state = this._readableState;
      if (event === 'data' && state.flowing !== false && !state.readableListening) this.resume();
      if (event === 'readable') {
        state.readableListening = true;
        state.flowing = false;
        if (state.length || state.ended) announce(this);
        else later(() => fill(this));
      }
      return this;
    },
    resume() {
      const state = this._readableState;
      if (!state.flowing) {
        state.flowing = !state.readableListening;
        schedule(this);
      }
      return this;
    },
    pause() {
      this._readableState.flowing = false;
      return this;
    },
    isPaused() { return this._readableState.flowing === false; },

    pipe(target, options) {
      const state = this._readableState;
      const onData = (chunk) => {
        if (target.write(chunk) === false) this.pause();
      };
      const onDrain = () => this.resume();
      const onEnd = () => target.end();
      target.on('drain', onDrain);
      if (options?.end !== false) this.once('end', onEnd);
      state.pipes.push({ target, stop: () => {
        this.removeListener('data', onData);
        this.removeListener('end', onEnd);
        target.removeListener('drain', onDrain);
        target.emit('unpipe', this);
      } });
      target.emit('pipe', this);
      this.on('data', onData);
      if (state.flowing === false && !state.readableListening) this.resume();
      return target;
    },
    unpipe(target) {
      const state = this._readableState;
      for (const pipe of state.pipes.filter((each) => !target || each.target === target)) pipe.stop();
      state.pipes = state.pipes.filter((each) => target && each.target !== target);
      return this;
    },
    wrap(old) {
      old.on('data', (chunk) => { if (!this.push(chunk)) old.pause?.(); });
      old.on('end', () => this.push(null));
      old.on('error', (error) => this.destroy(error));
      this._read = () => old.resume?.();
      return this;
    },

    async* [Symbol.asyncIterator]() {
      let failure;
      let wake = () => {};
      let done = false;
      const chunks = [];
      const notice = () => wake();
      this.on('error', (error) => { failure = error; notice(); });
      this.on('end', () => { done = true; notice(); });
      this.on('close', () => { done = true; notice(); });
      this.on('data', (chunk) => { chunks.push(chunk); this.pause(); notice(); });
      if (this._readableState.endEmitted || this.destroyed) done = true;
      if (this.errored) failure = this.errored;
      try {
        for (;;) {
          if (chunks.length) yield chunks.shift();
          else if (failure) throw failure;
          else if (done) return;
          else {
            await new Promise((resolve) => {
              wake = resolve;
              this.resume();
            });
          }
        }
      } finally {
        if (!done) this.destroy();
      }
    },
    async toArray() {
      const all = [];
      for await (const chunk of this) all.push(chunk);
      return all;
    },
    async forEach(action) { for await (const chunk of this) await action(chunk); },
    map(action) { return Readable.from(mapped(this, action)); },
    filter(test) { return Readable.from(filtered(this, test)); },
  });
  async function* mapped(source, action) { for await (const chunk of source) yield await action(chunk); }
  async function* filtered(source, test) { for await (const chunk of source) if (await test(chunk)) yield chunk; }
  Readable.prototype.addListener = Readable.prototype.on;
  for (const [name, read] of Object.entries({
    readable: (stream) => !stream.destroyed && !stream._readableState.endEmitted, readableEnded: (stream) => stream._readableState.endEmitted, readableFlowing: (stream) => stream._readableState.flowing,
    readableLength: (stream) => stream._readableState.length, readableHighWaterMark: (stream) => stream._readableState.highWaterMark, readableObjectMode: (stream) => stream._readableState.objectMode, readableEncoding: (stream) => stream._readableState.encoding,
  })) Object.defineProperty(Readable.prototype, name, { get() { return this._readableState ? read(this) : undefined; }, set() {}, configurable: true });

  const joined = (chunks) => (typeof chunks[0] === 'string' ? chunks.join('') : chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));

  function put(stream, given, encoding, first) {
    const state = stream._readableState;
    state.reading = false;
    if (given === null) {
      if (!state.ended) {
        const rest = state.decoder?.end();
        if (rest) enqueue(state, rest, first);
        state.ended = true;
        announce(stream);
      }
      return false;
    }
    let chunk = given;
    if (!state.objectMode) {
      if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) {
        stream.destroy(invalidType('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk));
        return false;
      }
      if (typeof chunk === 'string') chunk = state.encoding === (encoding ?? 'utf8') ? chunk : Buffer.from(chunk, encoding);
      else if (!Buffer.isBuffer(chunk)) chunk = Buffer.from(kit.toBytes(chunk));
      if (state.decoder && typeof chunk !== 'string') chunk = state.decoder.write(chunk);
      if (chunk.length === 0) return state.length < state.highWaterMark;
    }
    if (state.ended && !first) {
      stream.destroy(coded(Error, 'ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF'));
      return false;
    }
    enqueue(state, chunk, first);
    announce(stream);
    return state.length < state.highWaterMark;
  }
  function enqueue(state, chunk, first) {
    state.length += sizeOf(chunk, state);
    if (first) state.buffer.unshift(chunk);
    else state.buffer.push(chunk);
  }
  function fill(stream) {
    const state = stream._readableState;
    if (state.reading || state.ended || stream.destroyed || (state.length > 0 && state.length >= state.highWaterMark)) return;
    state.reading = true;
    try {
      stream._read(state.highWaterMark);
    } catch (error) {
      stream.destroy(error);
    }
  }
  function announce(stream) {
    const state = stream._readableState;
    if (state.flowing) schedule(stream);
    else if (state.readableListening && !state.announced) {
      state.announced = true;
      later(() => {
        state.announced = false;
        if (state.length || state.ended) stream.emit('readable');
        if (state.ended && state.length === 0) finishReading(stream);
        else fill(stream);
      });
    }
  }
  function schedule(stream) {
    const state = stream._readableState;
    if (state.scheduled) return;
    state.scheduled = true;
    later(() => {
      state.scheduled = false;
      flow(stream);
    });
  }
  function flow(stream) {
    const state = stream._readableState;
    while (state.flowing && state.length > 0 && !stream.destroyed) stream.read();
    if (!state.flowing || stream.destroyed) return;
    if (state.ended) finishReading(stream);
    else fill(stream);
  }
  function finishReading(stream) {
    const state = stream._readableState;
    if (state.endEmitted || state.ending || state.length > 0) return;
    state.ending = true;
    later(() => {
      if (state.endEmitted || stream.destroyed) return;
      state.endEmitted = true;
      stream.emit('end');
      maybeClose(stream);
    });
  }
  function maybeClose(stream) {
    const { _readableState: readable, _writableState: writable } = stream;
    if (stream._autoDestroy && (!readable || readable.endEmitted) && (!writable || writable.finished)) stream.destroy();
  }
  Readable.from = (source, options) => {
    if (typeof source === 'string' || Buffer.isBuffer(source)) return new Readable({ objectMode: true, ...options, read() { this.push(source); this.push(null); } });
    const iterator = source?.[Symbol.asyncIterator]?.() ?? source?.[Symbol.iterator]?.();
    if (!iterator) throw invalidType('iterable', 'an instance of Iterable', source);
    return new Readable({
      objectMode: true,
      highWaterMark: 1,
      ...options,
      read() {
        Promise.resolve(iterator.next()).then(async ({ value, done }) => this.push(done ? null : await value)).catch((error) => this.destroy(error));
      },
      destroy(error, callback) {
        Promise.resolve(iterator.return?.()).then(() => callback(error), callback);
      },
    });
  };

  // Writable
  function Writable(options = {}) {
    if (!(this instanceof Writable) && !(this instanceof Duplex)) return new Writable(options);
    Stream.call(this, options);
    initWritable(this, options);
  }
  extend(Writable, Stream);
  function initWritable(stream, options) {
    hidden(stream, '_writableState', {
      objectMode: Boolean(options.objectMode || options.writableObjectMode), highWaterMark: options.highWaterMark ?? (options.objectMode ? 16 : 16384),
      decodeStrings: options.decodeStrings !== false, defaultEncoding: options.defaultEncoding ?? 'utf8', queue: [], length: 0, writing: false, ending: false, finished: false, needDrain: false, finishing: false,
    });
    stream.destroyed ??= false;
    for (const name of ['closed', 'errored']) if (!Object.hasOwn(stream, name)) hidden(stream, name, name === 'closed' ? false : null);
    if (typeof options.write === 'function') stream._write = options.write;
    if (typeof options.writev === 'function') stream._writev = options.writev;
    if (typeof options.final === 'function') stream._final = options.final;
    if (typeof options.destroy === 'function') stream._destroy = options.destroy;
    hidden(stream, '_autoDestroy', options.autoDestroy !== false);
  }
  const writing = {
    _write(chunk, encoding, callback) {
      if (typeof this._writev === 'function') this._writev([{ chunk, encoding }], callback);
      else throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _write() method is not implemented');
    },
    write(given, encoding, callback) {
      const state = this._writableState;
      const call = typeof encoding === 'function' ? encoding : callback;
      const name = typeof encoding === 'string' ? encoding : state.defaultEncoding;
      if (given === null) throw coded(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
      let chunk = given;
      let shownEncoding = name;
      if (!state.objectMode) {
        if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) throw invalidType('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
        if (typeof chunk === 'string' && state.decodeStrings) {
          chunk = Buffer.from(chunk, name);
          shownEncoding = 'buffer';
        } else if (typeof chunk !== 'string') {
          chunk = Buffer.isBuffer(chunk) ? chunk : Buffer.from(kit.toBytes(chunk));
          shownEncoding = 'buffer';
        }
      }
      const error = state.ending ? coded(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end') : this.destroyed ? coded(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed') : undefined;
      if (error) {
        if (call) later(call, error);
        if (state.ending) this.destroy(error);
        return false;
      }
      const size = sizeOf(chunk, state);
      state.length += size;
      state.queue.push({ chunk, encoding: shownEncoding, size, call });
      const isRoomy = state.length < state.highWaterMark;
      if (!isRoomy) state.needDrain = true;
      work(this);
      return isRoomy;
    },
    end(given, encoding, callback) {
      const state = this._writableState;
      const call = [given, encoding, callback].find((each) => typeof each === 'function');
      if (given !== undefined && given !== null && typeof given !== 'function') this.write(given, typeof encoding === 'string' ? encoding : undefined);
      if (call) {
        if (state.finished) later(call, coded(Error, 'ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished'));
        else this.once('finish', call);
      }
      state.ending = true;
      work(this);
      return this;
    },
    setDefaultEncoding(encoding) {
      this._writableState.defaultEncoding = encoding;
      return this;
    },
    cork() {},
    uncork() {},
    _destroy: doDestroy,
    destroy,
  };
  Object.assign(Writable.prototype, writing);
  const writableGetters = {
    writable: (stream) => !stream.destroyed && !stream._writableState.ending, writableEnded: (stream) => stream._writableState.ending, writableFinished: (stream) => stream._writableState.finished,
    writableLength: (stream) => stream._writableState.length, writableHighWaterMark: (stream) => stream._writableState.highWaterMark, writableObjectMode: (stream) => stream._writableState.objectMode, writableNeedDrain: (stream) => stream._writableState.needDrain,
  };

  function work(stream) {
    const state = stream._writableState;
    if (state.writing || stream.destroyed) return;
    const next = state.queue.shift();
    if (!next) {
      finishWriting(stream);
      return;
    }
    state.writing = true;
    let isSync = true;
    const done = (error) => {
      state.writing = false;
      state.length -= next.size;
      const settle = () => {
        if (error) {
          next.call?.(error);
          stream.destroy(error);
          return;
        }
        if (state.needDrain && state.length === 0 && !state.ending) {
          state.needDrain = false;
          stream.emit('drain');
        }
        next.call?.(null);
        finishWriting(stream);
      };
      if (isSync) later(settle);
      else settle();
      if (!error) work(stream);
    };
    try {
      stream._write(next.chunk, next.encoding, done);
    } catch (error) {
      done(error);
    }
    isSync = false;
  }
  function finishWriting(stream) {
    const state = stream._writableState;
    if (!state.ending || state.writing || state.queue.length || state.finishing || stream.destroyed || state.length > 0) return;
    state.finishing = true;
    const finish = (error) => {
      if (error) {
        stream.destroy(error);
        return;
      }
      later(() => {
        if (stream.destroyed && stream.errored) return;
        state.finished = true;
        stream.emit('finish');
        maybeClose(stream);
      });
    };
    if (typeof stream._final === 'function') {
      try {
        stream._final(finish);
      } catch (error) {
        finish(error);
      }
    } else finish();
  }

  // Duplex, Transform, PassThrough
  function Duplex(options = {}) {
    if (!(this instanceof Duplex)) return new Duplex(options);
    Stream.call(this, options);
    initReadable(this, options);
    initWritable(this, options);
    if (options.allowHalfOpen === false) this.once('end', () => this.end());
  }
  extend(Duplex, Readable);
  for (const name of Object.keys(writing)) Duplex.prototype[name] = writing[name];
  for (const Type of [Writable, Duplex]) for (const name of Object.keys(writableGetters)) Object.defineProperty(Type.prototype, name, { get() { return this._writableState ? writableGetters[name](this) : undefined; }, set() {}, configurable: true });
  Object.defineProperty(Writable, Symbol.hasInstance, { value(value) { return Function.prototype[Symbol.hasInstance].call(this, value) || (this === Writable && value instanceof Duplex); } });

  function Transform(options = {}) {
    if (!(this instanceof Transform)) return new Transform(options);
    Duplex.call(this, options);
    if (typeof options.transform === 'function') this._transform = options.transform;
    if (typeof options.flush === 'function') this._flush = options.flush;
    hidden(this, '_held', null);
  }
  extend(Transform, Duplex);
  Object.assign(Transform.prototype, {
    _transform() { throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _transform() method is not implemented'); },
    _write(chunk, encoding, callback) {
      this._transform(chunk, encoding, (error, value) => {
        if (error) {
          callback(error);
          return;
        }
        if (value !== undefined && value !== null) this.push(value);
        // Held until somebody reads: the backpressure of a transform.
        if (this._readableState.length < this._readableState.highWaterMark) callback();
        else this._held = callback;
      });
    },
    _read() {
      const held = this._held;
      this._held = null;
      this._readableState.reading = false;
      held?.();
    },
    _final(callback) {
      const end = (error, value) => {
        if (error) {
          callback(error);
          return;
        }
        if (value !== undefined && value !== null) this.push(value);
        this.push(null);
        callback();
      };
      if (typeof this._flush === 'function') this._flush(end);
      else end();
    },
  });

  function PassThrough(options) {
    if (!(this instanceof PassThrough)) return new PassThrough(options);
    Transform.call(this, options);
  }
  extend(PassThrough, Transform);
  PassThrough.prototype._transform = (chunk, encoding, callback) => callback(null, chunk);

  /** Calls back once, when a stream has ended or failed. */
  function finished(stream, options, callback) {
    const call = typeof options === 'function' ? options : callback;
    const given = typeof options === 'function' ? {} : options ?? {};
    const { _readableState: readable, _writableState: writable } = stream;
    const waits = { end: readable && given.readable !== false && !readable.endEmitted, finish: writable && given.writable !== false && !writable.finished };
    let called = false;
    const done = (error) => {
      if (called) return;
      called = true;
      call.call(stream, error);
    };
    const step = (name) => () => {
      waits[name] = false;
      if (!waits.end && !waits.finish) done();
    };
    if (stream.errored) later(done, stream.errored);
    else if (readable || writable ? !waits.end && !waits.finish : false) later(done);
    stream.on('error', done);
    stream.on('end', step('end'));
    stream.on('finish', step('finish'));
    stream.on('close', () => { if (waits.end || waits.finish) done(coded(Error, 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close')); });
    return () => { called = true; };
  }

  function pipeline(...given) {
    const callback = typeof given.at(-1) === 'function' && given.length > 1 ? given.pop() : () => {};
    const streams = (Array.isArray(given[0]) ? given[0] : given).map((each) => each);
    let failure;
    const made = streams.reduce((source, next, i) => {
      if (i === 0) return typeof next === 'function' ? Readable.from(next()) : typeof next.pipe === 'function' ? next : Readable.from(next);
      if (typeof next === 'function') {
        const result = next(source);
        if (typeof result?.then === 'function' && !result[Symbol.asyncIterator]) {
          result.then((value) => callback(undefined, value), callback);
          return { promise: result };
        }
        return Readable.from(result);
      }
      source.pipe(next);
      return next;
    }, undefined);
    if (made.promise) return made;
    const all = streams.filter((each) => typeof each?.on === 'function');
    let left = all.length;
    for (const stream of all) {
      finished(stream, (error) => {
        if (error && !failure) {
          failure = error;
          for (const other of all) if (other !== stream) other.destroy?.();
        }
        if (--left === 0 || (error && failure === error)) {
          left = -1;
          callback(failure);
        }
      });
      stream.on('error', () => {});
    }
    return made;
  }

  const promises = {
    finished: (stream, options) => new Promise((resolve, reject) => { finished(stream, options ?? {}, (error) => (error ? reject(error) : resolve())); }),
    pipeline: (...streams) => new Promise((resolve, reject) => { pipeline(...streams, (error, value) => (error ? reject(error) : resolve(value))); }),
  };
  for (const [action, promised] of [[finished, promises.finished], [pipeline, promises.pipeline]]) Object.defineProperty(action, Symbol.for('nodejs.util.promisify.custom'), { value: promised });
  module.exports = Object.assign(Stream, { Stream, Readable, Writable, Duplex, Transform, PassThrough, finished, pipeline, promises, isReadable: (stream) => stream.readable, isErrored: (stream) => Boolean(stream.errored) });
})
