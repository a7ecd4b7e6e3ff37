// Node's zlib: https://nodejs.org/api/zlib.html. The streams work once their input has ended. The host part is ZlibSession.cs.
(function (kit, module, require) {
  'use strict';
  const { invalidType } = require('internal/errors');
  const { Transform } = require('stream');

  function bytesOf(data) {
    if (typeof data !== 'string' && !ArrayBuffer.isView(data) && !(data instanceof ArrayBuffer)) {
      throw invalidType('buffer', 'of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer', data);
    }
    return kit.toBytes(data instanceof ArrayBuffer ? new Uint8Array(data) : data);
  }

  const badHeader = (bytes) => bytes.length > 1 && ((bytes[0] << 8) | bytes[1]) % 31 !== 0;
  /** zlib's words for what is wrong. */
  function failure(operation, bytes) {
    if (operation === 'brotliDecompress') return Object.assign(new Error('Decompression failed'), { errno: -2, code: 'ERR__ERROR_FORMAT_PADDING_1' });
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const started = bytes.length < 2 ? true : operation === 'gunzip' ? isGzip : operation === 'inflate' ? !badHeader(bytes) : true;
    if (!started) return Object.assign(new Error('incorrect header check'), { errno: -3, code: 'Z_DATA_ERROR' });
    return Object.assign(new Error('unexpected end of file'), { errno: -5, code: 'Z_BUF_ERROR' });
  }
  const operationOf = (operation, bytes) => (operation === 'unzip' ? (bytes[0] === 0x1f ? 'gunzip' : 'inflate') : operation);
  function read(reply, operation, bytes) {
    if (typeof reply === 'string') {
      const made = kit.fromBase64(reply);
      // .NET takes a stream that breaks off for one that ends; gzip writes its length at the end.
      const isWhole = operation !== 'gunzip' || (bytes.length >= 18 && Buffer.from(bytes).readUInt32LE(bytes.length - 4) === made.length);
      if (isWhole) return made;
    }
    throw failure(operation, bytes);
  }
  const argument = (bytes, options) => ({ data: kit.toBase64(bytes), level: options?.level });

  const zlib = {};
  const operations = ['gzip', 'gunzip', 'deflate', 'inflate', 'deflateRaw', 'inflateRaw', 'unzip', 'brotliCompress', 'brotliDecompress'];
  for (const name of operations) {
    const sync = (data, options) => {
      const bytes = bytesOf(data);
      const operation = operationOf(name, bytes);
      return read(kit.callSync(operation, argument(bytes, options)), operation, bytes);
    };
    zlib[`${name}Sync`] = sync;
    zlib[name] = (data, options, callback) => {
      const bytes = bytesOf(data);
      const operation = operationOf(name, bytes);
      const given = typeof options === 'function' ? {} : options;
      return kit.answer(kit.call(operation, argument(bytes, given)).then((reply) => read(reply, operation, bytes)), typeof options === 'function' ? options : callback);
    };
    const type = name[0].toUpperCase() + name.slice(1);
    const create = (options) => {
      const parts = [];
      return new Transform({
        transform(chunk, encoding, done) {
          parts.push(chunk);
          done();
        },
        flush(done) { zlib[name](Buffer.concat(parts), options, done); },
      });
    };
    zlib[type] = function Zlib(options) { return create(options); };
    zlib[`create${type}`] = create;
  }
  zlib.crc32 = (data, value = 0) => {
    let crc = ~value;
    for (const byte of bytesOf(data)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc >>> 0;
  };
  zlib.constants = {
    Z_NO_FLUSH: 0, Z_PARTIAL_FLUSH: 1, Z_SYNC_FLUSH: 2, Z_FULL_FLUSH: 3, Z_FINISH: 4, Z_BLOCK: 5, Z_OK: 0, Z_STREAM_END: 1, Z_DATA_ERROR: -3, Z_BUF_ERROR: -5,
    Z_NO_COMPRESSION: 0, Z_BEST_SPEED: 1, Z_BEST_COMPRESSION: 9, Z_DEFAULT_COMPRESSION: -1, Z_DEFAULT_STRATEGY: 0, Z_DEFAULT_WINDOWBITS: 15, Z_DEFAULT_CHUNK: 16384,
    BROTLI_OPERATION_FLUSH: 1, BROTLI_PARAM_QUALITY: 1, BROTLI_PARAM_MODE: 0, BROTLI_MODE_TEXT: 1,
  };
  Object.assign(zlib, zlib.constants);
  module.exports = zlib;
})
