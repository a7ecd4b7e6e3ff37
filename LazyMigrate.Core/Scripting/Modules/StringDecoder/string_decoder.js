// Node's string_decoder: https://nodejs.org/api/string_decoder.html
(function (kit, module, require) {
  'use strict';
  const { coded, invalidType } = require('internal/errors');
  const names = { 'utf-8': 'utf8', binary: 'latin1', ucs2: 'utf16le', 'ucs-2': 'utf16le', 'utf-16le': 'utf16le' };

  /** How many bytes at the end begin a character that is not whole yet. */
  function openBytes(bytes, encoding) {
    const { length } = bytes;
    switch (encoding) {
      case 'base64': case 'base64url': return length % 3;
      case 'utf16le': {
        const odd = length % 2;
        const last = length - odd - 1;
        return last > 0 && (bytes[last] & 0xfc) === 0xd8 ? odd + 2 : odd;
      }
      case 'utf8':
        for (let back = 1; back <= Math.min(3, length); back++) {
          const byte = bytes[length - back];
          if ((byte & 0xc0) === 0x80) continue;
          const size = byte >= 0xf0 && byte < 0xf5 ? 4 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xc2 && byte < 0xe0 ? 2 : 1;
          return size > back ? back : 0;
        }
        return 0;
      default: return 0;
    }
  }

  function StringDecoder(encoding = 'utf8') {
    if (!(this instanceof StringDecoder)) return new StringDecoder(encoding);
    const given = encoding ?? 'utf8';
    if (!Buffer.isEncoding(given)) throw coded(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${given}`);
    const name = given.toLowerCase();
    this.encoding = names[name] ?? name;
    Object.defineProperty(this, 'kept', { value: Buffer.alloc(0), writable: true });
  }

  StringDecoder.prototype.write = function write(data) {
    if (typeof data === 'string') return data;
    if (!ArrayBuffer.isView(data)) throw invalidType('buf', 'an instance of Buffer, TypedArray, or DataView', data);
    const given = Buffer.from(kit.toBytes(data));
    const bytes = this.kept.length ? Buffer.concat([this.kept, given]) : given;
    const end = bytes.length - openBytes(bytes, this.encoding);
    this.kept = bytes.subarray(end);
    return bytes.toString(this.encoding, 0, end);
  };

  StringDecoder.prototype.end = function end(data) {
    const text = data === undefined ? '' : this.write(data);
    const rest = this.kept;
    this.kept = Buffer.alloc(0);
    return text + (rest.length ? rest.toString(this.encoding, 0, this.encoding === 'utf16le' ? rest.length - (rest.length % 2) : rest.length) : '');
  };
  StringDecoder.prototype.text = function text(data, offset) { return this.write(data.subarray(offset)); };
  Object.defineProperty(StringDecoder.prototype, 'lastNeed', { get() { return this.kept.length; }, configurable: true });

  module.exports = { StringDecoder };
})
