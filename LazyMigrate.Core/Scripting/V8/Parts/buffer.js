// Node's Buffer over Uint8Array: https://nodejs.org/api/buffer.html
(function (tools) {
  'use strict';
  const { Bytes, defineProperty, isArray, inspect, encodingOf, encodeText, decodeText } = tools;
  const bufferError = (Type, code, message) => Object.assign(new Type(message), { code });
  const wrongType = (name, expected, value) => bufferError(
    TypeError,
    'ERR_INVALID_ARG_TYPE',
    `The ${name} argument must be ${expected}. Received ${value === null || value === undefined ? value : typeof value === 'object' ? `an instance of ${value.constructor?.name ?? 'Object'}` : typeof value === 'function' ? `function ${value.name}` : `type ${typeof value} (${inspect(value)})`}`);
  const outside = (name, range, value) => bufferError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${range}. Received ${inspect(value)}`);

  function checkedSize(size) {
    if (typeof size !== 'number') throw wrongType('"size"', 'of type number', size);
    if (!(size >= 0 && size <= 2 ** 32)) throw outside('size', '>= 0 && <= 4294967296', size);
    return Math.trunc(size);
  }

  class BufferClass extends Bytes {
    static from(value, encodingOrOffset, length) {
      if (typeof value === 'string') return BufferClass.over(encodeText(value, encodingOrOffset || 'utf8'));
      if (typeof value === 'object' && value !== null) {
        if (value instanceof ArrayBuffer) return new BufferClass(value, encodingOrOffset, length);
        const primitive = value.valueOf?.();
        if (primitive !== undefined && primitive !== null && primitive !== value && (typeof primitive === 'string' || typeof primitive === 'object')) return BufferClass.from(primitive, encodingOrOffset, length);
        if (value.length !== undefined || value.buffer instanceof ArrayBuffer) return typeof value.length === 'number' && value.length > 0 ? BufferClass.#copy(value) : new BufferClass(0);
        if (value.type === 'Buffer' && isArray(value.data)) return BufferClass.#copy(value.data);
        if (typeof value[Symbol.toPrimitive] === 'function') {
          const text = value[Symbol.toPrimitive]('string');
          if (typeof text === 'string') return BufferClass.from(text, encodingOrOffset);
        }
      }
      throw wrongType('first', 'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object', value);
    }

    static #copy(list) {
      const copy = new BufferClass(list.length);
      if (ArrayBuffer.isView(list)) copy.set(list);
      else for (let i = 0; i < list.length; i++) copy[i] = list[i];
      return copy;
    }

    static of(...items) { return BufferClass.#copy(items); }

    /** A Buffer over the same memory. */
    static over(bytes) { return new BufferClass(bytes.buffer, bytes.byteOffset, bytes.length); }

    static alloc(size, fill, encoding) {
      const buffer = new BufferClass(checkedSize(size));
      return fill === undefined || fill === 0 || size === 0 ? buffer : buffer.fill(fill, 0, buffer.length, encoding);
    }

    static allocUnsafe(size) { return new BufferClass(checkedSize(size)); }
    static allocUnsafeSlow(size) { return new BufferClass(checkedSize(size)); }
    static isBuffer(value) { return value instanceof BufferClass; }
    static isEncoding(encoding) { return typeof encoding === 'string' && encoding !== '' && encodingOf(encoding) !== undefined; }

    static byteLength(value, encoding) {
      if (typeof value === 'string') return encodeText(value, encodingOf(encoding || 'utf8') ?? 'utf8').length;
      if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
      throw wrongType('"string"', 'of type string or an instance of Buffer or ArrayBuffer', value);
    }

    static compare(a, b) {
      if (!(a instanceof Uint8Array)) throw wrongType('"buf1"', 'an instance of Buffer or Uint8Array', a);
      if (!(b instanceof Uint8Array)) throw wrongType('"buf2"', 'an instance of Buffer or Uint8Array', b);
      for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
      return Math.sign(a.length - b.length);
    }

    static concat(list, total) {
      if (!isArray(list)) throw wrongType('"list"', 'an instance of Array', list);
      const result = new BufferClass(total ?? list.reduce((sum, item) => sum + item.length, 0));
      let at = 0;
      list.forEach((item, i) => {
        if (!(item instanceof Uint8Array)) throw wrongType(`"list[${i}]"`, 'an instance of Buffer or Uint8Array', item);
        const part = at + item.length > result.length ? item.subarray(0, result.length - at) : item;
        result.set(part, at);
        at += part.length;
      });
      return result;
    }

    get parent() { return this.buffer; }
    get offset() { return this.byteOffset; }

    toString(encoding, start = 0, end = this.length) {
      const from = Math.max(0, Math.trunc(start) || 0);
      const to = Math.min(this.length, end === undefined ? this.length : Math.trunc(end) || 0);
      return to <= from ? '' : decodeText(super.subarray(from, to), encoding || 'utf8');
    }
    toLocaleString(encoding, start, end) { return this.toString(encoding, start, end); }
    toJSON() { return { type: 'Buffer', data: [...this] }; }
    inspect() { return inspect(this); }

    equals(other) {
      if (!(other instanceof Uint8Array)) throw wrongType('"otherBuffer"', 'an instance of Buffer or Uint8Array', other);
      return BufferClass.compare(this, other) === 0;
    }
    compare(other, targetStart = 0, targetEnd = other.length, start = 0, end = this.length) {
      if (!(other instanceof Uint8Array)) throw wrongType('"target"', 'an instance of Buffer or Uint8Array', other);
      return BufferClass.compare(this.subarray(start, end), other.subarray(targetStart, targetEnd));
    }
    // Node's slice shares memory, unlike Uint8Array's.
    slice(start, end) { return this.subarray(start, end); }

    write(text, offset, length, encoding) {
      if (typeof offset === 'string') return this.write(text, 0, this.length, offset);
      if (typeof length === 'string') return this.write(text, offset, undefined, length);
      if (typeof text !== 'string') throw wrongType('argument', 'of type string', text);
      const from = offset ?? 0;
      if (from < 0 || from > this.length) throw outside('offset', `>= 0 && <= ${this.length}`, offset);
      const room = Math.min(length ?? this.length, this.length - from);
      let bytes = encodeText(text, encoding || 'utf8');
      if (bytes.length > room) {
        // No half characters.
        let end = room;
        if (encodingOf(encoding || 'utf8') === 'utf8') while (end > 0 && (bytes[end] & 0xc0) === 0x80) end--;
        else if (encodingOf(encoding) === 'utf16le') end -= end % 2;
        bytes = bytes.subarray(0, end);
      }
      this.set(bytes, from);
      return bytes.length;
    }

    copy(target, targetStart = 0, start = 0, end = this.length) {
      if (start > this.length || start < 0) throw outside('sourceStart', `>= 0 && <= ${this.length}`, start);
      if (targetStart >= target.length || start >= end) return 0;
      const part = this.subarray(start, Math.min(end, start + target.length - targetStart));
      target.set(part, targetStart);
      return part.length;
    }

    fill(value, start, end, encoding) {
      if (typeof start === 'string') return this.fill(value, 0, this.length, start);
      if (typeof end === 'string') return this.fill(value, start, this.length, end);
      const from = start ?? 0;
      const to = end ?? this.length;
      if (from < 0 || from > this.length) throw outside('offset', `>= 0 && <= ${this.length}`, from);
      if (to < 0 || to > this.length) throw outside('end', `>= 0 && <= ${this.length}`, to);
      if (typeof value !== 'string' && !ArrayBuffer.isView(value)) return super.fill(value & 255, from, to);
      const bytes = typeof value === 'string' ? encodeText(value, encoding || 'utf8') : value;
      if (bytes.length === 0 && value.length > 0) throw bufferError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'value' is invalid. Received ${inspect(value)}`);
      for (let i = from; i < to; i++) this[i] = bytes.length ? bytes[(i - from) % bytes.length] : 0;
      return this;
    }

    #search(value, from, encoding, step) {
      if (typeof from === 'string') return this.#search(value, undefined, from, step);
      if (typeof value !== 'number' && typeof value !== 'string' && !(value instanceof Uint8Array)) throw wrongType('"value"', 'one of type number or string or an instance of Buffer or Uint8Array', value);
      const bytes = typeof value === 'number' ? [value & 255] : typeof value === 'string' ? encodeText(value, encoding || 'utf8') : value;
      let at = from === undefined || Number.isNaN(Number(from)) ? (step > 0 ? 0 : this.length) : Math.trunc(from);
      if (at < 0) at = step > 0 ? Math.max(0, at + this.length) : at + this.length;
      at = Math.min(at, this.length - (step > 0 ? 0 : bytes.length));
      if (bytes.length === 0) return at;
      for (; at >= 0 && at <= this.length - bytes.length; at += step) if (bytes.every((byte, i) => this[at + i] === byte)) return at;
      return -1;
    }
    indexOf(value, from, encoding) { return this.#search(value, from, encoding, 1); }
    lastIndexOf(value, from, encoding) { return this.#search(value, from, encoding, -1); }
    includes(value, from, encoding) { return this.indexOf(value, from, encoding) >= 0; }

    #swap(size) {
      if (this.length % size !== 0) throw bufferError(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${size * 8}-bits`);
      for (let at = 0; at < this.length; at += size) super.subarray(at, at + size).reverse();
      return this;
    }
    swap16() { return this.#swap(2); }
    swap32() { return this.#swap(4); }
    swap64() { return this.#swap(8); }
  }
  BufferClass.poolSize = 8192;

  const defineMethod = (key, value) => defineProperty(BufferClass.prototype, key, { __proto__: null, value, writable: true, configurable: true });

  function checkedOffset(buffer, offset, size) {
    if (typeof offset !== 'number') throw wrongType('"offset"', 'of type number', offset);
    if (buffer.length < size) throw bufferError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
    if (!Number.isInteger(offset)) throw outside('offset', 'an integer', offset);
    if (offset < 0 || offset > buffer.length - size) throw outside('offset', `>= 0 and <= ${buffer.length - size}`, offset);
  }
  const viewOf = (buffer) => new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  const grouped = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, '_');

  function checkedValue(value, low, high, size, isSigned) {
    if (value >= low && value <= high) return;
    const bits = size * 8 - (isSigned ? 1 : 0);
    const range = size > 4 || typeof value === 'bigint'
      ? isSigned ? `>= -(2${typeof value === 'bigint' ? 'n' : ''} ** ${bits}${typeof value === 'bigint' ? 'n' : ''}) and < 2${typeof value === 'bigint' ? 'n' : ''} ** ${bits}${typeof value === 'bigint' ? 'n' : ''}` : `>= 0${typeof value === 'bigint' ? 'n' : ''} and < 2${typeof value === 'bigint' ? 'n' : ''} ** ${bits}${typeof value === 'bigint' ? 'n' : ''}`
      : `>= ${low} and <= ${high}`;
    const shown = typeof value === 'bigint' ? `${grouped(value)}n` : Number.isInteger(value) && Math.abs(value) > 2 ** 32 ? grouped(value) : inspect(value);
    throw bufferError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "value" is out of range. It must be ${range}. Received ${shown}`);
  }

  for (const [name, size, type] of [
    ['UInt8', 1, 'Uint8'], ['Int8', 1, 'Int8'], ['UInt16', 2, 'Uint16'], ['Int16', 2, 'Int16'], ['UInt32', 4, 'Uint32'], ['Int32', 4, 'Int32'],
    ['Float', 4, 'Float32'], ['Double', 8, 'Float64'], ['BigUInt64', 8, 'BigUint64'], ['BigInt64', 8, 'BigInt64'],
  ]) {
    const isSigned = !name.includes('UInt');
    const bits = size * 8 - (isSigned ? 1 : 0);
    const [low, high] = name.startsWith('Big') ? [isSigned ? -(2n ** 63n) : 0n, 2n ** BigInt(bits) - 1n] : [isSigned ? -(2 ** bits) : 0, 2 ** bits - 1];
    for (const [order, little] of size === 1 ? [['', true]] : [['LE', true], ['BE', false]]) {
      const read = function readNumber(offset = 0) {
        checkedOffset(this, offset, size);
        return viewOf(this)[`get${type}`](offset, little);
      };
      const write = function writeNumber(value, offset = 0) {
        if (!type.startsWith('Float')) checkedValue(value, low, high, size, isSigned);
        checkedOffset(this, offset, size);
        viewOf(this)[`set${type}`](offset, value, little);
        return offset + size;
      };
      for (const alias of new Set([name, name.replace('UInt', 'Uint')])) {
        defineMethod(`read${alias}${order}`, read);
        defineMethod(`write${alias}${order}`, write);
      }
    }
  }

  // Integers of up to six bytes.
  for (const isSigned of [false, true]) {
    for (const little of [true, false]) {
      const read = function readInteger(offset, size) {
        checkedOffset(this, offset, size);
        let value = 0;
        for (let i = 0; i < size; i++) value = value * 256 + this[little ? offset + size - 1 - i : offset + i];
        return isSigned && value >= 2 ** (size * 8 - 1) ? value - 2 ** (size * 8) : value;
      };
      const write = function writeInteger(value, offset, size) {
        const bits = size * 8 - (isSigned ? 1 : 0);
        checkedValue(value, isSigned ? -(2 ** bits) : 0, 2 ** bits - 1, size, isSigned);
        checkedOffset(this, offset, size);
        let rest = value < 0 ? Number(value) + 2 ** (size * 8) : Number(value);
        for (let i = 0; i < size; i++) {
          this[little ? offset + i : offset + size - 1 - i] = rest % 256;
          rest = Math.floor(rest / 256);
        }
        return offset + size;
      };
      for (const name of isSigned ? ['Int'] : ['UInt', 'Uint']) {
        defineMethod(`read${name}${little ? 'LE' : 'BE'}`, read);
        defineMethod(`write${name}${little ? 'LE' : 'BE'}`, write);
      }
    }
  }
  for (const encoding of ['utf8', 'hex', 'latin1', 'ascii', 'base64', 'base64url', 'ucs2']) {
    defineMethod(`${encoding}Slice`, function decodedSlice(start, end) { return this.toString(encoding, start, end); });
    defineMethod(`${encoding}Write`, function encodedWrite(text, offset, length) { return this.write(text, offset, length, encoding); });
  }

  /** `Buffer(x)` and `new Buffer(x)` as before Node 6; scripts of that age are still about. */
  const BufferGlobal = new Proxy(BufferClass, {
    apply: (_, __, args) => (typeof args[0] === 'number' ? BufferClass.alloc(args[0]) : BufferClass.from(...args)),
    construct: (_, args) => (typeof args[0] === 'number' ? BufferClass.alloc(args[0]) : BufferClass.from(...args)),
  });
  defineProperty(BufferClass, 'name', { value: 'Buffer', configurable: true });
  defineProperty(BufferClass.prototype, 'constructor', { value: BufferGlobal, writable: true, configurable: true });
  defineProperty(BufferClass, Symbol.species, { value: BufferClass, configurable: true });
  return { BufferClass, BufferGlobal };
})
