// The value types of BSON as the npm package bson 6 has them: https://www.npmjs.com/package/bson.
(function (kit, module) {
  'use strict';

  class BSONError extends Error {
    get name() { return 'BSONError'; }
    get bsonError() { return true; }
    static isBSONError(value) { return typeof value === 'object' && value !== null && value.bsonError === true; }
  }

  const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');
  const tag = (type, name, text) => {
    Object.defineProperty(type.prototype, '_bsontype', { get: () => name, configurable: true });
    Object.defineProperty(type.prototype, 'inspect', { value() { return text(this); }, writable: true, configurable: true });
    Object.defineProperty(type.prototype, inspectSymbol, { value() { return text(this); }, writable: true, configurable: true });
    return type;
  };

  const maskOf = 0xffffffffffffffffn;
  const wrap = (value, unsigned) => (unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value));

  /** A whole number of 64 bits; see https://www.npmjs.com/package/long. */
  class Long {
    constructor(low = 0, high, unsigned) {
      const isUnsigned = typeof high === 'boolean' ? high : Boolean(unsigned);
      const value = typeof low === 'bigint' ? low
        : typeof low === 'string' ? Long.fromString(low, isUnsigned).toBigInt()
          : (BigInt(typeof high === 'number' ? high | 0 : 0) << 32n) | BigInt(low >>> 0);
      const bits = value & maskOf;
      this.low = Number(bits & 0xffffffffn) | 0;
      this.high = Number(bits >> 32n) | 0;
      this.unsigned = isUnsigned;
    }

    static fromBits(low, high, unsigned) { return new Long(low, high, unsigned); }
    static fromInt(value, unsigned) { return new Long(value | 0, unsigned || value >= 0 ? 0 : -1, unsigned); }
    static fromBigInt(value, unsigned) { return new Long(BigInt.asUintN(64, value), Boolean(unsigned)); }

    static fromNumber(value, unsigned) {
      if (Number.isNaN(value)) return new Long(0, 0, unsigned);
      if (unsigned) return new Long(value < 0 ? 0n : value >= 2 ** 64 ? maskOf : BigInt(Math.trunc(value)), true);
      if (value <= -(2 ** 63)) return Long.MIN_VALUE;
      return value + 1 >= 2 ** 63 ? Long.MAX_VALUE : Long.fromBigInt(BigInt(Math.trunc(value)));
    }

    static fromString(text, unsigned, radix) {
      if (text.length === 0) throw new BSONError('empty string');
      const base = typeof unsigned === 'number' ? unsigned : radix ?? 10;
      const match = /^([+-]?)([0-9a-z]+)$/i.exec(text);
      let value = 0n;
      for (const digit of match?.[2] ?? '') {
        const each = Number.parseInt(digit, base);
        if (Number.isNaN(each)) return new Long(0, 0, unsigned === true);
        value = value * BigInt(base) + BigInt(each);
      }
      return Long.fromBigInt(match?.[1] === '-' ? -value : value, unsigned === true);
    }

    static fromValue(value, unsigned) {
      if (typeof value === 'number') return Long.fromNumber(value, unsigned);
      if (typeof value === 'string') return Long.fromString(value, unsigned);
      if (typeof value === 'bigint') return Long.fromBigInt(value, unsigned);
      return Long.fromBits(value.low, value.high, unsigned ?? value.unsigned);
    }

    static isLong(value) { return value instanceof Long; }

    toBigInt() { return wrap((BigInt(this.high) << 32n) | BigInt(this.low >>> 0), this.unsigned); }
    toNumber() { return Number(this.toBigInt()); }
    toInt() { return this.unsigned ? this.low >>> 0 : this.low; }
    toString(radix = 10) { return this.toBigInt().toString(radix); }
    toSigned() { return new Long(this.low, this.high, false); }
    toUnsigned() { return new Long(this.low, this.high, true); }
    getHighBits() { return this.high; }
    getLowBits() { return this.low; }
    getHighBitsUnsigned() { return this.high >>> 0; }
    getLowBitsUnsigned() { return this.low >>> 0; }
    isZero() { return this.low === 0 && this.high === 0; }
    isNegative() { return !this.unsigned && this.high < 0; }
    isPositive() { return !this.isNegative(); }
    isOdd() { return (this.low & 1) === 1; }
    isEven() { return !this.isOdd(); }

    compare(other) {
      const [a, b] = [this.toBigInt(), Long.fromValue(other).toBigInt()];
      return a === b ? 0 : a < b ? -1 : 1;
    }

    #with(other, operate) { return Long.fromBigInt(operate(this.toBigInt(), Long.fromValue(other).toBigInt()), this.unsigned); }
    equals(other) { return this.compare(other) === 0; }
    notEquals(other) { return !this.equals(other); }
    lessThan(other) { return this.compare(other) < 0; }
    lessThanOrEqual(other) { return this.compare(other) <= 0; }
    greaterThan(other) { return this.compare(other) > 0; }
    greaterThanOrEqual(other) { return this.compare(other) >= 0; }
    add(other) { return this.#with(other, (a, b) => a + b); }
    subtract(other) { return this.#with(other, (a, b) => a - b); }
    multiply(other) { return this.#with(other, (a, b) => a * b); }

    divide(other) {
      if (Long.fromValue(other).isZero()) throw new BSONError('division by zero');
      return this.#with(other, (a, b) => a / b);
    }

    modulo(other) { return this.#with(other, (a, b) => a % b); }
    and(other) { return this.#with(other, (a, b) => a & b); }
    or(other) { return this.#with(other, (a, b) => a | b); }
    xor(other) { return this.#with(other, (a, b) => a ^ b); }
    negate() { return Long.fromBigInt(-this.toBigInt(), this.unsigned); }
    not() { return Long.fromBigInt(~this.toBigInt(), this.unsigned); }
    shiftLeft(bits) { return this.#with(Number(bits) & 63, (a, b) => a << b); }
    shiftRight(bits) { return this.#with(Number(bits) & 63, (a, b) => a >> b); }
    shiftRightUnsigned(bits) { return Long.fromBigInt(BigInt.asUintN(64, this.toBigInt()) >> BigInt(Number(bits) & 63), this.unsigned); }
  }
  for (const [name, aliases] of Object.entries({
    compare: ['comp'], equals: ['eq'], notEquals: ['neq', 'ne'], lessThan: ['lt'], lessThanOrEqual: ['lte', 'le'],
    greaterThan: ['gt'], greaterThanOrEqual: ['gte', 'ge'], subtract: ['sub'], multiply: ['mul'], divide: ['div'],
    modulo: ['mod', 'rem'], negate: ['neg'], isZero: ['eqz'], shiftLeft: ['shl'], shiftRight: ['shr'], shiftRightUnsigned: ['shru', 'shr_u'],
  })) {
    for (const alias of aliases) Object.defineProperty(Long.prototype, alias, { value: Long.prototype[name], writable: true, configurable: true });
  }
  Object.defineProperty(Long.prototype, '__isLong__', { value: true });
  tag(Long, 'Long', (value) => `new Long('${value}'${value.unsigned ? ', true' : ''})`);
  Object.assign(Long, {
    ZERO: new Long(0), UZERO: new Long(0, 0, true), ONE: new Long(1), UONE: new Long(1, 0, true), NEG_ONE: new Long(-1, -1),
    MAX_VALUE: new Long(-1, 0x7fffffff), MIN_VALUE: new Long(0, -0x80000000), MAX_UNSIGNED_VALUE: new Long(-1, -1, true),
  });

  class Timestamp extends Long {
    constructor(low) {
      if (low === undefined || low === null) super(0, 0, true);
      else if (typeof low === 'bigint') super(low, true);
      else if (low instanceof Long) super(low.low, low.high, true);
      else if (typeof low === 'object' && 't' in low && 'i' in low) super(Number(low.i) | 0, Number(low.t) | 0, true);
      else throw new BSONError('A Timestamp can only be constructed with: bigint, Long, or { t: number; i: number }');
    }

    get t() { return this.high >>> 0; }
    get i() { return this.low >>> 0; }
    static fromBits(low, high) { return new Timestamp({ i: low, t: high }); }
    static fromInt(value) { return new Timestamp(Long.fromInt(value, true)); }
    static fromNumber(value) { return new Timestamp(Long.fromNumber(value, true)); }
    static fromString(text, radix) { return new Timestamp(Long.fromString(text, true, radix)); }
    toJSON() { return { $timestamp: this.toString() }; }
  }
  tag(Timestamp, 'Timestamp', (value) => `new Timestamp({ t: ${value.t}, i: ${value.i} })`);

  const isBytes = (value) => value instanceof Uint8Array;

  class ObjectIdClass {
    static #random;
    static #counter = Math.floor(Math.random() * 0xffffff);
    static cacheHexString = false;

    constructor(input) {
      const given = typeof input === 'object' && input !== null && 'id' in input
        ? typeof input.id !== 'string' && !ArrayBuffer.isView(input.id) ? fail('Argument passed in must have an id that is of type string or Buffer')
          : typeof input.toHexString === 'function' ? Buffer.from(input.toHexString(), 'hex') : input.id
        : input;
      if (given === undefined || given === null || typeof given === 'number') {
        this.buffer = Buffer.from(ObjectIdClass.generate(typeof given === 'number' ? given : undefined));
      } else if (isBytes(given) && given.byteLength === 12) {
        this.buffer = Buffer.from(given);
      } else if (typeof given === 'string') {
        if (!/^[0-9a-f]{24}$/i.test(given)) fail('input must be a 24 character hex string, 12 byte Uint8Array, or an integer');
        this.buffer = Buffer.from(given, 'hex');
      } else {
        fail('Argument passed in does not match the accepted types');
      }
      function fail(message) { throw new BSONError(message); }
    }

    static generate(time = Math.floor(Date.now() / 1000)) {
      ObjectIdClass.#random ??= Array.from({ length: 5 }, () => Math.floor(Math.random() * 256));
      const count = ObjectIdClass.getInc();
      return Uint8Array.from([time >>> 24, time >>> 16, time >>> 8, time, ...ObjectIdClass.#random, count >>> 16, count >>> 8, count]);
    }

    static getInc() { return (ObjectIdClass.#counter = (ObjectIdClass.#counter + 1) % 0xffffff); }
    static createPk() { return new ObjectIdClass(); }
    static createFromTime(time) { return new ObjectIdClass(Uint8Array.from([time >>> 24, time >>> 16, time >>> 8, time, 0, 0, 0, 0, 0, 0, 0, 0])); }

    static createFromHexString(text) {
      if (text?.length !== 24) throw new BSONError('hex string must be 24 characters');
      return new ObjectIdClass(Buffer.from(text, 'hex'));
    }

    static createFromBase64(text) {
      if (text?.length !== 16) throw new BSONError('base64 string must be 16 characters');
      return new ObjectIdClass(Buffer.from(text, 'base64'));
    }

    static isValid(id) {
      if (id === undefined || id === null) return false;
      if (typeof id === 'string') return /^[0-9a-f]{24}$/i.test(id);
      try {
        new ObjectIdClass(id);
        return true;
      } catch {
        return false;
      }
    }

    get id() { return this.buffer; }
    set id(value) { this.buffer = value; }
    toHexString() { return this.buffer.toString('hex'); }
    toString(encoding) { return encoding === 'base64' ? this.buffer.toString('base64') : this.toHexString(); }
    toJSON() { return this.toHexString(); }
    valueOf() { return this; }

    equals(other) {
      if (other === undefined || other === null) return false;
      if (typeof other === 'string') return other.toLowerCase() === this.toHexString();
      if (other instanceof ObjectIdClass) return this.buffer.equals(other.buffer);
      return typeof other.toHexString === 'function' && String(other.toHexString()).toLowerCase() === this.toHexString();
    }

    getTimestamp() { return new Date(this.generationTime * 1000); }
    get generationTime() { return this.buffer.subarray(0, 4).reduce((time, byte) => time * 256 + byte, 0); }
  }
  Object.defineProperty(ObjectIdClass, 'name', { value: 'ObjectId' });
  tag(ObjectIdClass, 'ObjectId', (value) => `new ObjectId('${value.toHexString()}')`);

  // Scripts of the time of bson 1 call it without new.
  const ObjectId = new Proxy(ObjectIdClass, { apply: (_, __, args) => new ObjectIdClass(...args) });
  Object.defineProperty(ObjectIdClass.prototype, 'constructor', { value: ObjectId, writable: true, configurable: true });

  class Binary {
    constructor(buffer, subType = 0) {
      if (buffer !== undefined && buffer !== null && typeof buffer === 'string') throw new BSONError('Binary can only be constructed from Uint8Array or number[]');
      this.sub_type = subType;
      if (buffer === undefined || buffer === null) {
        this.buffer = Buffer.alloc(256);
        this.position = 0;
      } else {
        this.buffer = Array.isArray(buffer) ? Buffer.from(buffer) : ArrayBuffer.isView(buffer) ? Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength) : Buffer.from(buffer);
        this.position = this.buffer.byteLength;
      }
    }

    static createFromHexString(text, subType) { return new Binary(Buffer.from(text, 'hex'), subType); }
    static createFromBase64(text, subType) { return new Binary(Buffer.from(text, 'base64'), subType); }
    value() { return this.buffer.length === this.position ? this.buffer : this.buffer.subarray(0, this.position); }
    read(position, length) { return this.buffer.subarray(position, position + (length > 0 ? length : this.position)); }
    length() { return this.position; }
    toJSON() { return this.buffer.toString('base64', 0, this.position); }

    toString(encoding) {
      return this.buffer.toString(['hex', 'base64', 'utf8', 'utf-8'].includes(encoding) ? encoding : 'utf8', 0, this.position);
    }

    toUUID() {
      if (this.sub_type === Binary.SUBTYPE_UUID) return new UUID(this.value());
      throw new BSONError(`Binary sub_type "${this.sub_type}" is not supported for converting to UUID. Only "4" is currently supported.`);
    }
  }
  Object.assign(Binary, {
    BUFFER_SIZE: 256, SUBTYPE_DEFAULT: 0, SUBTYPE_FUNCTION: 1, SUBTYPE_BYTE_ARRAY: 2, SUBTYPE_UUID_OLD: 3, SUBTYPE_UUID: 4, SUBTYPE_MD5: 5,
    SUBTYPE_ENCRYPTED: 6, SUBTYPE_COLUMN: 7, SUBTYPE_SENSITIVE: 8, SUBTYPE_VECTOR: 9, SUBTYPE_USER_DEFINED: 128,
  });
  tag(Binary, 'Binary', (value) => `Binary.createFromBase64('${value.toJSON()}', ${value.sub_type})`);

  class UUID extends Binary {
    constructor(input) {
      let bytes;
      if (input === undefined || input === null) {
        bytes = UUID.generate();
      } else if (input instanceof UUID) {
        bytes = Buffer.from(input.buffer);
      } else if (isBytes(input) && input.byteLength === 16) {
        bytes = Buffer.from(input);
      } else if (typeof input === 'string') {
        if (!/^(?:[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i.test(input)) {
          throw new BSONError('UUID string representation must be 32 hex digits or canonical hyphenated representation');
        }
        bytes = Buffer.from(input.replace(/-/g, ''), 'hex');
      } else {
        throw new BSONError('Argument passed in UUID constructor must be a UUID, a 16 byte Buffer or a 32/36 character hex string (dashes excluded/included, format: xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).');
      }
      super(bytes, 4);
    }

    static generate() {
      const bytes = Buffer.from(Array.from({ length: 16 }, () => Math.floor(Math.random() * 256)));
      bytes[6] = (bytes[6] & 0x0f) | 0x40;
      bytes[8] = (bytes[8] & 0x3f) | 0x80;
      return bytes;
    }

    static createFromHexString(text) { return new UUID(text); }
    static isValid(input) {
      try {
        new UUID(input);
        return Boolean(input);
      } catch {
        return false;
      }
    }

    get id() { return this.buffer; }
    toHexString(dashes = true) {
      const hex = this.buffer.toString('hex');
      return dashes ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : hex;
    }

    toString(encoding) { return encoding === 'hex' || encoding === 'base64' ? this.buffer.toString(encoding) : this.toHexString(); }
    toJSON() { return this.toHexString(); }
    equals(other) {
      try {
        return new UUID(other).buffer.equals(this.buffer);
      } catch {
        return false;
      }
    }
    toBinary() { return new Binary(this.buffer, 4); }
  }
  Object.defineProperty(UUID.prototype, inspectSymbol, { value() { return `new UUID('${this.toHexString()}')`; }, writable: true, configurable: true });

  const numeric = (name, read) => {
    const type = {
      [name]: class {
        constructor(value) { this.value = read(value instanceof Number ? value.valueOf() : value); }
        valueOf() { return this.value; }
        toJSON() { return this.value; }
        toString(radix) { return this.value.toString(radix); }
      },
    }[name];
    return tag(type, name, (value) => `new ${name}(${value.value})`);
  };
  const Int32 = numeric('Int32', (value) => +value | 0);
  const Double = numeric('Double', (value) => +value);

  /** IEEE 754-2008 decimal128 in its binary integer form: a sign, an exponent and a whole number of up to 34 digits. */
  class Decimal128 {
    constructor(bytes) {
      if (typeof bytes === 'string') this.bytes = Decimal128.fromString(bytes).bytes;
      else if (isBytes(bytes) && bytes.byteLength === 16) this.bytes = bytes;
      else throw new BSONError(isBytes(bytes) ? 'Decimal128 must take a Buffer of 16 bytes' : 'Decimal128 must take a Buffer or string');
    }

    static fromString(text) {
      const match = /^([+-])?(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:e([+-]?\d+))?$/i.exec(text);
      const sign = text[0] === '-' ? 1n << 127n : 0n;
      if (!match) {
        if (/^[+-]?inf(?:inity)?$/i.test(text)) return Decimal128.#of(sign | (0x78n << 120n));
        if (/^nan$/i.test(text)) return Decimal128.#of(0x7cn << 120n);
        throw new BSONError(`${text} not a valid Decimal128 string`);
      }
      const fraction = match[3] ?? match[4] ?? '';
      let digits = `${match[2] ?? ''}${fraction}`.replace(/^0+(?=\d)/, '');
      let exponent = Number(match[5] ?? 0) - fraction.length;
      while (digits.length > 34 && digits.endsWith('0')) {
        digits = digits.slice(0, -1);
        exponent++;
      }
      if (digits.length > 34) throw new BSONError(`"${text}" is not a valid Decimal128 string - inexact rounding`);
      while (exponent > 6111 && digits.length < 34 && digits !== '0') {
        digits += '0';
        exponent--;
      }
      while (exponent < -6176 && digits.endsWith('0') && digits !== '0') {
        digits = digits.slice(0, -1);
        exponent++;
      }
      if (digits === '0') exponent = Math.max(-6176, Math.min(6111, exponent));
      if (exponent > 6111) throw new BSONError(`"${text}" is not a valid Decimal128 string - overflow`);
      if (exponent < -6176) throw new BSONError(`"${text}" is not a valid Decimal128 string - exponent underflow`);
      return Decimal128.#of(sign | (BigInt(exponent + 6176) << 113n) | BigInt(digits));
    }

    static fromStringWithRounding(text) { return Decimal128.fromString(text); }

    static #of(bits) {
      const bytes = Buffer.alloc(16);
      for (let i = 0; i < 16; i++) bytes[i] = Number((bits >> BigInt(8 * i)) & 0xffn);
      return new Decimal128(bytes);
    }

    toString() {
      let bits = 0n;
      for (let i = 15; i >= 0; i--) bits = (bits << 8n) | BigInt(this.bytes[i]);
      const sign = bits >> 127n ? '-' : '';
      const special = (bits >> 122n) & 0x1fn;
      if (special === 0x1en) return `${sign}Infinity`;
      if (special === 0x1fn) return 'NaN';
      const isLarge = ((bits >> 125n) & 3n) === 3n;
      const exponent = Number((bits >> (isLarge ? 111n : 113n)) & 0x3fffn) - 6176;
      const whole = isLarge ? 0n : bits & ((1n << 113n) - 1n);
      const digits = whole >= 10n ** 34n ? '0' : whole.toString();
      const scientific = exponent + digits.length - 1;
      if (exponent > 0 || scientific < -6) {
        return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}E${scientific >= 0 ? '+' : ''}${scientific}`;
      }
      if (exponent === 0) return `${sign}${digits}`;
      const padded = digits.padStart(1 - exponent, '0');
      return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
    }

    toJSON() { return { $numberDecimal: this.toString() }; }
  }
  tag(Decimal128, 'Decimal128', (value) => `new Decimal128('${value}')`);

  class BSONRegExp {
    constructor(pattern, options = '') {
      this.pattern = pattern;
      this.options = [...options].sort().join('');
    }
  }
  tag(BSONRegExp, 'BSONRegExp', (value) => `new BSONRegExp('${value.pattern}', '${value.options}')`);

  class BSONSymbol {
    constructor(value) { this.value = value; }
    valueOf() { return this.value; }
    toString() { return this.value; }
    toJSON() { return this.value; }
  }
  tag(BSONSymbol, 'BSONSymbol', (value) => `new BSONSymbol('${value.value}')`);

  class MinKey {}
  tag(MinKey, 'MinKey', () => 'new MinKey()');
  class MaxKey {}
  tag(MaxKey, 'MaxKey', () => 'new MaxKey()');

  class DBRef {
    constructor(collection, oid, db, fields) {
      this.collection = collection;
      this.oid = oid;
      this.db = db;
      this.fields = fields ?? {};
    }

    get namespace() { return this.collection; }
    toJSON() { return { $ref: this.collection, $id: this.oid, ...(this.db ? { $db: this.db } : {}), ...this.fields }; }
  }
  tag(DBRef, 'DBRef', (value) => `new DBRef('${value.collection}', ${kit.inspect(value.oid)})`);

  module.exports = { BSONError, BSONRegExp, BSONSymbol, Binary, DBRef, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, ObjectID: ObjectId, Timestamp, UUID };
})
