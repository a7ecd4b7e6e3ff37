// The readable half: https://nodejs.org/api/stream.html#readable-streams. What is read, when `readable`, `data` and `end` come,
// and how far is read ahead, by Node's own rules.
(function (kit, module, require) {
  'use strict';
  const { coded, invalidType } = require('internal/errors');
  const { Stream, later, extend, hidden, begin, whenConstructed, destroy, doDestroy, fail, closeWhenDone } = require('internal/stream-base');

  function Readable(options) {
    if (!(this instanceof Readable)) return new Readable(options);
    Stream.call(this, options);
    initReadable(this, options ?? {});
  }
  extend(Readable, Stream);

  function initReadable(stream, options) {
    const objectMode = Boolean(options.objectMode || options.readableObjectMode);
    hidden(stream, '_readableState', {
      objectMode, highWaterMark: options.readableHighWaterMark ?? options.highWaterMark ?? (objectMode ? 16 : 16384), autoDestroy: options.autoDestroy !== false,
      buffer: [], length: 0, pipes: [], flowing: null, paused: null, ended: false, endEmitted: false, reading: false, sync: true, needReadable: false,
      emittedReadable: false, readableListening: false, resumeScheduled: false, readingMore: false, decoder: null, encoding: null, waitsForDrain: new Set(),
    });
    begin(stream, options);
    if (typeof options.read === 'function') stream._read = options.read;
    if (options.encoding) stream.setEncoding(options.encoding);
    if (!stream._constructed) whenConstructed(stream, () => { if (stream._readableState.needReadable) readMore(stream); });
  }

  const sizeOf = (chunk, state) => (state.objectMode ? 1 : chunk.length);
  const joined = (chunks) => (typeof chunks[0] === 'string' ? chunks.join('') : chunks.length === 1 ? chunks[0] : kit.BufferClass.concat(chunks));

  function takes(count, state) {
    if (count <= 0 || (state.length === 0 && state.ended)) return 0;
    if (state.objectMode) return 1;
    if (Number.isNaN(count)) return state.flowing && state.length ? state.buffer[0].length : state.length;
    if (count <= state.length) return count;
    return state.ended ? state.length : 0;
  }
  function take(count, state) {
    if (state.length === 0) return null;
    if (state.objectMode) return state.buffer.shift();
    if (state.flowing && count === state.buffer[0].length) return state.buffer.shift();
    const all = joined(state.buffer.splice(0));
    if (count < all.length) state.buffer.push(all.slice(count));
    return all.slice(0, count);
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

    read(asked) {
      const state = this._readableState;
      const wanted = asked === undefined ? Number.NaN : Number.isInteger(asked) ? asked : Number.parseInt(asked, 10);
      if (wanted > state.highWaterMark) state.highWaterMark = wanted;
      if (wanted !== 0) state.emittedReadable = false;
      if (wanted === 0 && state.needReadable && ((state.highWaterMark === 0 ? state.length > 0 : state.length >= state.highWaterMark) || state.ended)) {
        if (state.length === 0 && state.ended) endReading(this);
        else announce(this);
        return null;
      }
      let count = takes(wanted, state);
      if (count === 0 && state.ended) {
        if (state.length === 0) endReading(this);
        return null;
      }
      const isShort = state.needReadable || state.length === 0 || state.length - count < state.highWaterMark;
      if (isShort && !state.ended && !state.reading && !this.destroyed && !this.errored && this._constructed) {
        state.reading = state.sync = true;
        if (state.length === 0) state.needReadable = true;
        try {
          this._read(state.highWaterMark);
        } catch (error) {
          fail(this, error);
        }
        state.sync = false;
        if (!state.reading) count = takes(wanted, state);
      }
      const chunk = count > 0 ? take(count, state) : null;
      if (chunk === null) {
        state.needReadable = state.length <= state.highWaterMark;
        count = 0;
      } else {
        state.length -= state.objectMode ? 1 : count;
        for (const target of state.waitsForDrain) if (!state.pipes.includes(target)) state.waitsForDrain.delete(target);
      }
      if (state.length === 0) {
        if (!state.ended) state.needReadable = true;
        if (wanted !== count && state.ended) endReading(this);
      }
      if (chunk !== null && !this.errored && !this._closeEmitted) this.emit('data', chunk);
      return chunk;
    },

    on(event, listener) {
      Stream.prototype.on.call(this, event, listener);
      const state = this._readableState;
      if (event === 'data') {
        state.readableListening = this.listenerCount('readable') > 0;
        if (state.flowing !== false) this.resume();
      } else if (event === 'readable' && !state.endEmitted && !state.readableListening) {
        state.readableListening = state.needReadable = true;
        state.flowing = false;
        state.emittedReadable = false;
        if (state.length) announce(this);
        else if (!state.reading) later(() => this.read(0));
      }
      return this;
    },
    removeListener(event, listener) {
      Stream.prototype.removeListener.call(this, event, listener);
      if (event === 'readable') later(listenAgain, this);
      return this;
    },
    removeAllListeners(...given) {
      Stream.prototype.removeAllListeners.apply(this, given);
      if (given.length === 0 || given[0] === 'readable') later(listenAgain, this);
      return this;
    },

    resume() {
      const state = this._readableState;
      if (!state.flowing) {
        state.flowing = !state.readableListening;
        if (!state.resumeScheduled) {
          state.resumeScheduled = true;
          later(startAgain, this);
        }
      }
      state.paused = false;
      return this;
    },
    pause() {
      const state = this._readableState;
      if (state.flowing !== false) {
        state.flowing = false;
        this.emit('pause');
      }
      state.paused = true;
      return this;
    },
    isPaused() { return this._readableState.paused === true || this._readableState.flowing === false; },

    pipe(target, options) {
      const state = this._readableState;
      state.pipes.push(target);
      let onDrain;
      const onData = (chunk) => { if (target.write(chunk) === false) wait(); };
      const wait = () => {
        if (!state.pipes.includes(target)) return;
        state.waitsForDrain.add(target);
        this.pause();
        if (onDrain) return;
        onDrain = () => {
          state.waitsForDrain.delete(target);
          if (state.waitsForDrain.size === 0 && this.listenerCount('data') > 0) this.resume();
        };
        target.on('drain', onDrain);
      };
      const stop = () => this.unpipe(target);
      const onError = (error) => {
        stop();
        target.removeListener('error', onError);
        if (target.listenerCount('error') === 0) {
          if (target._writableState && !target.errored) fail(target, error);
          else target.emit('error', error);
        }
      };
      const onEnd = options?.end !== false && target !== process.stdout && target !== process.stderr ? () => target.end() : stop;
      const onUnpipe = (source) => {
        if (source !== this) return;
        for (const [from, event, listener] of [[target, 'close', stop], [target, 'finish', stop], [target, 'drain', onDrain], [target, 'error', onError], [target, 'unpipe', onUnpipe], [this, 'end', onEnd], [this, 'data', onData]]) {
          if (listener) from.removeListener(event, listener);
        }
        if (state.waitsForDrain.has(target)) onDrain();
      };
      if (state.endEmitted) later(onEnd);
      else this.once('end', onEnd);
      target.on('unpipe', onUnpipe);
      this.on('data', onData);
      target.prependListener?.('error', onError);
      target.once('close', stop);
      target.once('finish', stop);
      target.emit('pipe', this);
      if (target.writableNeedDrain === true) wait();
      else if (!state.flowing) this.resume();
      return target;
    },
    unpipe(target) {
      const state = this._readableState;
      const stopped = state.pipes.filter((each) => !target || each === target);
      if (stopped.length === 0) return this;
      state.pipes = state.pipes.filter((each) => !stopped.includes(each));
      if (state.pipes.length === 0) this.pause();
      for (const each of stopped) each.emit('unpipe', this, { hasUnpiped: false });
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
      let wake = () => {};
      const notice = () => {
        wake();
        wake = () => {};
      };
      let failure;
      let isOver = false;
      this.on('readable', notice);
      const stop = require('internal/stream-pipeline').finished(this, { writable: false }, (error) => {
        failure = error;
        isOver = true;
        notice();
      });
      let isThrough = false;
      try {
        for (;;) {
          const chunk = this.destroyed ? null : this.read();
          if (chunk !== null) yield chunk;
          else if (isOver) {
            isThrough = true;
            if (failure) throw failure;
            return;
          } else await new Promise((resolve) => { wake = resolve; });
        }
      } finally {
        if (!isThrough || failure || this._readableState.autoDestroy) this.destroy();
        else {
          this.removeListener('readable', notice);
          stop();
        }
      }
    },

    async toArray() {
      const all = [];
      for await (const chunk of this) all.push(chunk);
      return all;
    },
    async forEach(action) { for await (const chunk of this) await action(chunk); },
    async reduce(action, ...start) {
      let [value] = start;
      let isFirst = start.length === 0;
      for await (const chunk of this) {
        value = isFirst ? chunk : await action(value, chunk);
        isFirst = false;
      }
      if (isFirst) throw new TypeError('Reduce of an empty stream requires an initial value');
      return value;
    },
    async some(test) {
      for await (const chunk of this) if (await test(chunk)) return true;
      return false;
    },
    async every(test) { return !(await this.some(async (chunk) => !(await test(chunk)))); },
    async find(test) { for await (const chunk of this) if (await test(chunk)) return chunk; },
    map(action) { return Readable.from(mapped(this, action)); },
    filter(test) { return Readable.from(filtered(this, test)); },
    flatMap(action) { return Readable.from(flatMapped(this, action)); },
    take(count) { return Readable.from(taken(this, count)); },
    drop(count) { return Readable.from(dropped(this, count)); },
  });
  async function* mapped(source, action) { for await (const chunk of source) yield await action(chunk); }
  async function* filtered(source, test) { for await (const chunk of source) if (await test(chunk)) yield chunk; }
  async function* flatMapped(source, action) { for await (const chunk of source) yield* await action(chunk); }
  async function* taken(source, count) {
    let left = count;
    if (left > 0) for await (const chunk of source) {
      yield chunk;
      if (--left <= 0) return;
    }
  }
  async function* dropped(source, count) {
    let left = count;
    for await (const chunk of source) if (left-- <= 0) yield chunk;
  }
  Readable.prototype.addListener = Readable.prototype.on;
  Readable.prototype.off = Readable.prototype.removeListener;
  for (const [name, read] of Object.entries({
    readable: (stream) => !stream.destroyed && !stream.errored && !stream._readableState.endEmitted, readableEnded: (stream) => stream._readableState.endEmitted, readableFlowing: (stream) => stream._readableState.flowing,
    readableDidRead: (stream) => stream._readableState.emittedReadable || stream._readableState.flowing !== null, readableAborted: (stream) => stream.destroyed && !stream._readableState.endEmitted,
    readableLength: (stream) => stream._readableState.length, readableHighWaterMark: (stream) => stream._readableState.highWaterMark, readableObjectMode: (stream) => stream._readableState.objectMode, readableEncoding: (stream) => stream._readableState.encoding,
  })) Object.defineProperty(Readable.prototype, name, { get() { return this._readableState ? read(this) : undefined; }, set() {}, configurable: true });

  function put(stream, given, encoding, isFirst) {
    const state = stream._readableState;
    const hasRoom = () => !state.ended && (state.length < state.highWaterMark || state.length === 0);
    let chunk = given;
    if (!state.objectMode && chunk !== null) {
      if (typeof chunk === 'string') {
        if (state.encoding !== (encoding ?? 'utf8')) {
          chunk = kit.BufferClass.from(chunk, encoding);
          if (state.encoding && isFirst) chunk = chunk.toString(state.encoding);
        }
      } else if (ArrayBuffer.isView(chunk)) {
        if (!kit.BufferClass.isBuffer(chunk)) chunk = kit.BufferClass.from(kit.toBytes(chunk));
      } else {
        fail(stream, invalidType('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk));
        return hasRoom();
      }
    }
    if (chunk === null) {
      state.reading = false;
      end(stream, state);
    } else if (chunk === undefined || (!state.objectMode && chunk.length === 0)) {
      if (!isFirst) {
        state.reading = false;
        readMore(stream);
      }
    } else if (isFirst) {
      if (state.endEmitted) fail(stream, coded(Error, 'ERR_STREAM_UNSHIFT_AFTER_END_EVENT', 'stream.unshift() after end event'));
      else if (stream.destroyed || stream.errored) return false;
      else add(stream, state, chunk, true);
    } else if (state.ended) fail(stream, coded(Error, 'ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF'));
    else if (stream.destroyed || stream.errored) return false;
    else {
      state.reading = false;
      if (state.decoder && typeof chunk !== 'string') chunk = state.decoder.write(chunk);
      if (state.objectMode || chunk.length !== 0) add(stream, state, chunk, false);
      else readMore(stream);
    }
    return hasRoom();
  }
  function add(stream, state, chunk, isFirst) {
    if (state.flowing && state.length === 0 && !state.sync && stream.listenerCount('data') > 0) stream.emit('data', chunk);
    else {
      state.length += sizeOf(chunk, state);
      if (isFirst) state.buffer.unshift(chunk);
      else state.buffer.push(chunk);
      if (state.needReadable) announce(stream);
    }
    readMore(stream);
  }
  function end(stream, state) {
    if (state.ended) return;
    const rest = state.decoder?.end();
    if (rest) {
      state.buffer.push(rest);
      state.length += rest.length;
    }
    state.ended = true;
    if (state.sync) announce(stream);
    else {
      state.needReadable = false;
      state.emittedReadable = true;
      announceNow(stream);
    }
  }

  function announce(stream) {
    const state = stream._readableState;
    state.needReadable = false;
    if (state.emittedReadable) return;
    state.emittedReadable = true;
    later(announceNow, stream);
  }
  function announceNow(stream) {
    const state = stream._readableState;
    if (!stream.destroyed && !stream.errored && (state.length || state.ended)) {
      stream.emit('readable');
      state.emittedReadable = false;
    }
    state.needReadable = !state.flowing && !state.ended && state.length <= state.highWaterMark;
    flow(stream);
  }
  function readMore(stream) {
    const state = stream._readableState;
    if (state.readingMore || !stream._constructed) return;
    state.readingMore = true;
    later(() => {
      while (!state.reading && !state.ended && (state.length < state.highWaterMark || (state.flowing && state.length === 0))) {
        const before = state.length;
        stream.read(0);
        if (before === state.length) break;
      }
      state.readingMore = false;
    });
  }
  function flow(stream) { while (stream._readableState.flowing && stream.read() !== null); }
  function startAgain(stream) {
    const state = stream._readableState;
    if (!state.reading) stream.read(0);
    state.resumeScheduled = false;
    stream.emit('resume');
    flow(stream);
    if (state.flowing && !state.reading) stream.read(0);
  }
  function listenAgain(stream) {
    const state = stream._readableState;
    state.readableListening = stream.listenerCount('readable') > 0;
    if (state.resumeScheduled && state.paused === false) state.flowing = true;
    else if (stream.listenerCount('data') > 0) stream.resume();
    else if (!state.readableListening) state.flowing = null;
  }
  function endReading(stream) {
    const state = stream._readableState;
    if (state.endEmitted) return;
    state.ended = true;
    later(() => {
      if (stream.errored || stream._closeEmitted || state.endEmitted || state.length > 0) return;
      state.endEmitted = true;
      stream.emit('end');
      if (stream.writable && stream.allowHalfOpen === false) later(() => { if (stream.writable && !stream.destroyed) stream.end(); });
      else closeWhenDone(stream);
    });
  }

  Readable.from = (source, options) => {
    if (typeof source === 'string' || ArrayBuffer.isView(source)) return new Readable({ objectMode: true, ...options, read() { this.push(source); this.push(null); } });
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

  module.exports = { Readable, initReadable };
})
