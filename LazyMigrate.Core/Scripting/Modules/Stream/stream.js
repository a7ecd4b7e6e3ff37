// Node's streams: https://nodejs.org/api/stream.html. Flow, backpressure and the order of events are Node's; web streams are not there.
(function (kit, module, require) {
  'use strict';
  const { Stream } = require('internal/stream-base');
  const { Readable } = require('internal/stream-readable');
  const { Writable } = require('internal/stream-writable');
  const { Duplex, Transform, PassThrough } = require('internal/stream-duplex');
  const { finished, pipeline, addAbortSignal, promises } = require('internal/stream-pipeline');
  module.exports = Object.assign(Stream, {
    Stream, Readable, Writable, Duplex, Transform, PassThrough, finished, pipeline, addAbortSignal, promises,
    isReadable: (stream) => stream.readable, isErrored: (stream) => Boolean(stream.errored), isDestroyed: (stream) => stream.destroyed,
  });
})
