// Text and bytes: UTF-8, base64, hex, latin1; Node's Buffer is in Parts/buffer.js.
function utf8Encode(text) {
  const input = String(text).toWellFormed();
  let size = 0;
  for (let i = 0; i < input.length; i++) {
    const unit = input.charCodeAt(i);
    if (unit < 0x80) size += 1;
    else if (unit < 0x800) size += 2;
    else if (unit >= 0xd800 && unit < 0xdc00) { size += 4; i++; } else size += 3;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (let i = 0; i < input.length; i++) {
    const point = input.codePointAt(i);
    if (point < 0x80) {
      bytes[at++] = point;
    } else if (point < 0x800) {
      bytes[at++] = 0xc0 | (point >> 6);
      bytes[at++] = 0x80 | (point & 0x3f);
    } else if (point < 0x10000) {
      bytes[at++] = 0xe0 | (point >> 12);
      bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[at++] = 0x80 | (point & 0x3f);
    } else {
      bytes[at++] = 0xf0 | (point >> 18);
      bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
      bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[at++] = 0x80 | (point & 0x3f);
      i++;
    }
  }
  return bytes;
}

/** Decodes UTF-8; an ill-formed sequence becomes U+FFFD as the Encoding Standard has it, or throws when fatal. */
function utf8Decode(bytes, fatal = false) {
  const parts = [];
  let units = [];
  const put = (point) => {
    if (point > 0xffff) units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
    else units.push(point);
    if (units.length > 4096) {
      parts.push(String.fromCharCode(...units));
      units = [];
    }
  };
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i++];
    if (first < 0x80) {
      put(first);
      continue;
    }
    let left = first >= 0xc2 && first <= 0xdf ? 1 : first >= 0xe0 && first <= 0xef ? 2 : first >= 0xf0 && first <= 0xf4 ? 3 : 0;
    let point = left === 0 ? -1 : first & (0x3f >> left);
    let low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    let high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    for (; left > 0; left--) {
      const next = bytes[i];
      if (next === undefined || next < low || next > high) {
        point = -1;
        break;
      }
      point = (point << 6) | (next & 0x3f);
      low = 0x80;
      high = 0xbf;
      i++;
    }
    if (point < 0 && fatal) throw new TypeError('The encoded data was not valid for encoding utf-8');
    put(point < 0 ? 0xfffd : point);
  }
  parts.push(String.fromCharCode(...units));
  return parts.join('');
}

const nativeToBase64 = uncurryThis(Uint8Array.prototype.toBase64);
const nativeFromBase64 = Uint8Array.fromBase64;
const nativeToHex = uncurryThis(Uint8Array.prototype.toHex);
const toBase64 = (bytes) => nativeToBase64(bytes);

/** Base64 and base64url as Node reads them: both alphabets, padding optional, anything else skipped. */
function fromBase64(text) {
  const end = text.indexOf('=');
  const clean = (end < 0 ? text : text.slice(0, end)).replace(/-/g, '+').replace(/_/g, '/').replace(/[^A-Za-z0-9+/]/g, '');
  const whole = clean.length % 4 === 1 ? clean.slice(0, -1) : clean;
  return nativeFromBase64(whole, { lastChunkHandling: 'loose' });
}

function fromHex(text) {
  const digits = /^(?:[0-9a-fA-F]{2})*/.exec(text)[0];
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

function latin1Text(bytes, mask = 0xff) {
  const parts = [];
  for (let i = 0; i < bytes.length; i += 4096) {
    parts.push(String.fromCharCode(...bytes.subarray(i, i + 4096).map((byte) => byte & mask)));
  }
  return parts.join('');
}

const encodingOf = (encoding) => {
  const name = String(encoding ?? 'utf8').toLowerCase();
  switch (name) {
    case 'utf8': case 'utf-8': return 'utf8';
    case 'hex': case 'base64': case 'base64url': case 'ascii': return name;
    case 'latin1': case 'binary': return 'latin1';
    case 'utf16le': case 'utf-16le': case 'ucs2': case 'ucs-2': return 'utf16le';
    default: return undefined;
  }
};

function encodeText(text, encoding) {
  switch (encodingOf(encoding)) {
    case 'utf8': return utf8Encode(text);
    case 'hex': return fromHex(text);
    case 'base64': case 'base64url': return fromBase64(text);
    case 'latin1': case 'ascii': return Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i) & 0xff);
    case 'utf16le': {
      const bytes = new Uint8Array(text.length * 2);
      for (let i = 0; i < text.length; i++) {
        bytes[2 * i] = text.charCodeAt(i) & 0xff;
        bytes[2 * i + 1] = text.charCodeAt(i) >> 8;
      }
      return bytes;
    }
    default: throw Object.assign(new TypeError(`Unknown encoding: ${encoding}`), { code: 'ERR_UNKNOWN_ENCODING' });
  }
}

function decodeText(bytes, encoding) {
  switch (encodingOf(encoding)) {
    case 'utf8': return utf8Decode(bytes);
    case 'hex': return nativeToHex(bytes);
    case 'base64': return nativeToBase64(bytes);
    case 'base64url': return nativeToBase64(bytes, { alphabet: 'base64url', omitPadding: true });
    case 'latin1': return latin1Text(bytes);
    case 'ascii': return latin1Text(bytes, 0x7f);
    case 'utf16le': return latin1Text(bytes).replace(/([^])([^])/g, (_, low, high) => String.fromCharCode(low.charCodeAt(0) | (high.charCodeAt(0) << 8)));
    default: throw Object.assign(new TypeError(`Unknown encoding: ${encoding}`), { code: 'ERR_UNKNOWN_ENCODING' });
  }
}

/** Made when something first touches it; where it is undefined, there is no Buffer that anything could be. */
let BufferClass;
const bufferPart = part('buffer', () => ({ Bytes, defineProperty, isArray, inspect, encodingOf, encodeText, decodeText }));
const bufferClass = () => (BufferClass ??= bufferPart().BufferClass);
defineLazyGlobal('Buffer', () => {
  bufferClass();
  return bufferPart().BufferGlobal;
});

defineGlobal('TextEncoder', class TextEncoder {
  get encoding() { return 'utf-8'; }
  encode(text = '') { return utf8Encode(text); }

  encodeInto(text, target) {
    let read = 0;
    let written = 0;
    for (const character of String(text)) {
      const bytes = utf8Encode(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      read += character.length;
      written += bytes.length;
    }
    return { read, written };
  }
});

defineGlobal('TextDecoder', class TextDecoder {
  #encoding;
  #fatal;
  #keepMark;

  constructor(label = 'utf-8', options = {}) {
    const encoding = encodingOf(String(label).trim());
    if (encoding !== 'utf8' && encoding !== 'latin1' && encoding !== 'utf16le') throw new RangeError(`The "${label}" encoding is not supported`);
    this.#encoding = encoding;
    this.#fatal = Boolean(options.fatal);
    this.#keepMark = Boolean(options.ignoreBOM);
  }

  get encoding() { return { utf8: 'utf-8', latin1: 'windows-1252', utf16le: 'utf-16le' }[this.#encoding]; }
  get fatal() { return this.#fatal; }

  decode(input = new Uint8Array()) {
    const bytes = ArrayBuffer.isView(input) ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength) : new Uint8Array(input);
    const text = this.#encoding === 'utf8' ? utf8Decode(bytes, this.#fatal) : decodeText(bytes, this.#encoding);
    return !this.#keepMark && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }
});

defineGlobal('btoa', function btoa(text) {
  const input = String(text);
  if (/[^\0-\xff]/.test(input)) throw new RangeError('The string to be encoded contains characters outside of the Latin1 range.');
  return nativeToBase64(encodeText(input, 'latin1'));
});

defineGlobal('atob', function atob(text) {
  try {
    return latin1Text(nativeFromBase64(String(text)));
  } catch {
    throw new SyntaxError('The string to be decoded is not correctly encoded.');
  }
});
