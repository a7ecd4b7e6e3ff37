// stream.finished, stream.pipeline and stream.addAbortSignal: https://nodejs.org/api/stream.html#streamfinishedstream-options-callback.
(function (kit, module, require) {
  'use strict';
  const { invalidType } = require('internal/errors');
  const { Stream, later, abortError, prematureClose } = require('internal/stream-base');

  /** Calls back once, when a stream has ended or failed; where it closes itself, when it has closed. */
  function finished(stream, options, callback) {
    const call = typeof options === 'function' ? options : callback;
    const given = typeof options === 'function' ? {} : options ?? {};
    const { _readableState: readable, _writableState: writable } = stream;
    const isOld = !readable && !writable;
    const waits = {
      end: (isOld || Boolean(readable)) && given.readable !== false && !readable?.endEmitted && !(isOld && given.readable !== true),
      finish: (isOld || Boolean(writable)) && given.writable !== false && !writable?.finished,
    };
    const closesItself = () => !isOld && (readable ?? writable).autoDestroy && (writable ?? readable).autoDestroy
      && (given.readable === false) === !readable && (given.writable === false) === !writable && !stream.closed;
    let isCalled = false;
    const done = (error) => {
      if (isCalled) return;
      isCalled = true;
      stop();
      call.call(stream, error);
    };
    const step = (name) => () => {
      waits[name] = false;
      if (!waits.end && !waits.finish && !(closesItself() && !stream.destroyed)) done();
    };
    const onClose = () => {
      if (stream.errored) done(stream.errored);
      else if (waits.end || waits.finish) done(prematureClose());
      else done();
    };
    const listeners = [['error', done], ['end', step('end')], ['finish', step('finish')], ['close', onClose]];
    const stop = () => { for (const [event, listener] of listeners) stream.removeListener(event, listener); };
    for (const [event, listener] of listeners) stream.on(event, listener);
    if (stream._closeEmitted) later(onClose);
    else if (stream.errored && stream._errorEmitted) later(done, stream.errored);
    else if (!isOld && !waits.end && !waits.finish && !closesItself()) later(done);
    return stop;
  }

  const isStream = (value) => typeof value?.on === 'function' && (typeof value.pipe === 'function' || typeof value.write === 'function');
  const isIterable = (value) => typeof value?.[Symbol.asyncIterator] === 'function' || typeof value?.[Symbol.iterator] === 'function';

  function pipeline(...given) {
    const { Readable } = require('internal/stream-readable');
    const callback = typeof given.at(-1) === 'function' && given.length > 1 ? given.pop() : () => {};
    const parts = Array.isArray(given[0]) && given.length === 1 ? given[0] : given;
    const streams = [];
    let failure;
    let value;
    let left = 1;
    let isCalled = false;
    const leave = (error) => {
      if (error && (!failure || failure.code === 'ERR_STREAM_PREMATURE_CLOSE')) {
        failure = error;
        for (const stream of streams) if (!stream.destroyed) {
          stream.on('error', () => {});
          stream.destroy?.();
        }
      }
      left--;
      if (left > 0 || isCalled) return;
      isCalled = true;
      later(callback, failure, value);
    };
    const watch = (stream, isFirst, isLast) => {
      streams.push(stream);
      left++;
      finished(stream, { readable: !isLast && Boolean(stream._readableState), writable: !isFirst && Boolean(stream._writableState) }, leave);
      return stream;
    };
    let made;
    parts.forEach((part, i) => {
      const isFirst = i === 0;
      const isLast = i === parts.length - 1;
      if (isStream(part)) {
        watch(part, isFirst, isLast);
        if (!isFirst) made.pipe(part);
        made = part;
        return;
      }
      const result = typeof part === 'function' ? part(made) : part;
      if (!isFirst && isLast && typeof result?.then === 'function') {
        left++;
        result.then((answer) => {
          value = answer;
          leave();
        }, leave);
        made = result;
      } else if (isIterable(result)) made = watch(Readable.from(result), true, isLast);
      else throw invalidType('streams', 'a stream, an iterable or a function', part);
    });
    leave();
    return made;
  }

  /** Destroys the stream when the signal is aborted. */
  function addAbortSignal(signal, stream) {
    if (!(stream instanceof Stream)) throw invalidType('stream', 'an instance of ReadableStream, WritableStream, or Stream', stream);
    const stop = () => stream.destroy(abortError(signal.reason));
    if (signal.aborted) later(stop);
    else {
      signal.addEventListener('abort', stop);
      stream.once('close', () => signal.removeEventListener('abort', stop));
    }
    return stream;
  }

  const promises = {
    finished: (stream, options) => new Promise((resolve, reject) => { finished(stream, options ?? {}, (error) => (error ? reject(error) : resolve())); }),
    pipeline: (...parts) => new Promise((resolve, reject) => { pipeline(...parts, (error, value) => (error ? reject(error) : resolve(value))); }),
  };
  for (const [action, promised] of [[finished, promises.finished], [pipeline, promises.pipeline]]) Object.defineProperty(action, Symbol.for('nodejs.util.promisify.custom'), { value: promised });

  module.exports = { finished, pipeline, addAbortSignal, promises };
})
