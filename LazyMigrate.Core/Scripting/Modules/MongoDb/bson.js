// BSON bytes to values and back, as the npm package bson does it: https://bsonspec.org/spec.html. Commands and replies cross to
// the host part in this form, so a value can never be read as another type than it is.
(function (kit, module, require) {
  'use strict';
  const types = require('internal/bson/types');
  const { BSONError, BSONRegExp, Binary, DBRef, Decimal128, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } = types;
  const depthLimit = 100;

  const isInt32 = (value) => Number.isInteger(value) && value >= -0x80000000 && value <= 0x7fffffff && !Object.is(value, -0);

  class Writer {
    #bytes = new Uint8Array(1024);
    #view = new DataView(this.#bytes.buffer);
    #at = 0;
    #ignoreUndefined;
    #path = [];

    constructor(options) { this.#ignoreUndefined = options?.ignoreUndefined === true; }

    #room(size) {
      if (this.#at + size <= this.#bytes.length) return;
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + size));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }

    #byte(value) { this.#room(1); this.#bytes[this.#at++] = value; }
    #int32(value) { this.#room(4); this.#view.setInt32(this.#at, value, true); this.#at += 4; }
    #int64(value) { this.#room(8); this.#view.setBigInt64(this.#at, BigInt.asIntN(64, value), true); this.#at += 8; }
    #double(value) { this.#room(8); this.#view.setFloat64(this.#at, value, true); this.#at += 8; }
    #raw(bytes) { this.#room(bytes.length); this.#bytes.set(bytes, this.#at); this.#at += bytes.length; }
    #name(text) { this.#raw(kit.toBytes(text)); this.#byte(0); }

    #text(text) {
      const bytes = kit.toBytes(text);
      this.#int32(bytes.length + 1);
      this.#raw(bytes);
      this.#byte(0);
    }

    document(value) {
      if (this.#path.includes(value)) throw new BSONError('Cannot convert circular structure to BSON');
      if (this.#path.length > depthLimit) throw new BSONError('The document is nested too deeply');
      this.#path.push(value);
      const start = this.#at;
      this.#int32(0);
      if (Array.isArray(value)) {
        for (let i = 0; i < value.length; i++) this.#element(String(i), value[i], true);
      } else {
        for (const [key, each] of value instanceof Map ? value : Object.entries(value)) {
          if (key.includes('\0')) throw new BSONError(`key ${key} must not contain null bytes`);
          this.#element(key, each, false);
        }
      }
      this.#byte(0);
      this.#view.setInt32(start, this.#at - start, true);
      this.#path.pop();
    }

    finish() { return this.#bytes.subarray(0, this.#at); }

    #begin(type, key) { this.#byte(type); this.#name(key); }

    #element(key, given, inArray) {
      const value = typeof given?.toBSON === 'function' ? given.toBSON() : given;
      switch (typeof value) {
        case 'string': this.#begin(2, key); this.#text(value); return;
        case 'number':
          if (isInt32(value)) { this.#begin(16, key); this.#int32(value); } else { this.#begin(1, key); this.#double(value); }
          return;
        case 'bigint': this.#begin(18, key); this.#int64(value); return;
        case 'boolean': this.#begin(8, key); this.#byte(value ? 1 : 0); return;
        case 'undefined':
          if (inArray || !this.#ignoreUndefined) this.#begin(10, key);
          return;
        case 'function': case 'symbol':
          if (inArray) this.#begin(10, key);
          return;
        default: break;
      }
      if (value === null) this.#begin(10, key);
      else if (value instanceof Date || Object.prototype.toString.call(value) === '[object Date]') {
        this.#begin(9, key);
        const time = value.getTime();
        this.#int64(Number.isNaN(time) ? 0n : BigInt(time));
      } else if (value instanceof RegExp) {
        this.#begin(11, key);
        this.#name(value.source);
        this.#name(`${value.ignoreCase ? 'i' : ''}${value.multiline ? 'm' : ''}${value.global ? 's' : ''}`);
      } else if (value._bsontype !== undefined) this.#special(key, value);
      else if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) this.#binary(key, ArrayBuffer.isView(value) ? kit.toBytes(value) : new Uint8Array(value), 0);
      else {
        this.#begin(Array.isArray(value) ? 4 : 3, key);
        this.document(value);
      }
    }

    #binary(key, bytes, subType) {
      this.#begin(5, key);
      this.#int32(subType === 2 ? bytes.length + 4 : bytes.length);
      this.#byte(subType);
      if (subType === 2) this.#int32(bytes.length);
      this.#raw(bytes);
    }

    #special(key, value) {
      switch (value._bsontype) {
        case 'ObjectId': case 'ObjectID': this.#begin(7, key); this.#raw(Buffer.from(value.toHexString(), 'hex')); return;
        case 'Long': this.#begin(18, key); this.#int64(value.toBigInt()); return;
        case 'Timestamp': this.#begin(17, key); this.#int64(value.toBigInt()); return;
        case 'Int32': this.#begin(16, key); this.#int32(value.value); return;
        case 'Double': this.#begin(1, key); this.#double(value.value); return;
        case 'Decimal128': this.#begin(19, key); this.#raw(value.bytes); return;
        case 'Binary': this.#binary(key, value.value(), value.sub_type); return;
        case 'BSONRegExp': this.#begin(11, key); this.#name(value.pattern); this.#name(value.options); return;
        case 'BSONSymbol': this.#begin(14, key); this.#text(value.value); return;
        case 'MinKey': this.#begin(255, key); return;
        case 'MaxKey': this.#begin(127, key); return;
        case 'DBRef':
          this.#begin(3, key);
          this.document({ $ref: value.collection, $id: value.oid, ...(value.db ? { $db: value.db } : {}), ...value.fields });
          return;
        case 'Code': throw new BSONError('JavaScript for the server (Code) is not available here.');
        default: throw new BSONError(`Unrecognized or invalid _bsontype: ${String(value._bsontype)}`);
      }
    }
  }

  class Reader {
    #bytes;
    #view;
    #at = 0;
    #options;

    constructor(bytes, options = {}) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      this.#options = options;
    }

    #int32() { const value = this.#view.getInt32(this.#at, true); this.#at += 4; return value; }
    #take(length) { const part = this.#bytes.subarray(this.#at, this.#at + length); this.#at += length; return part; }
    #utf8(bytes) { return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'); }

    #name() {
      const end = this.#bytes.indexOf(0, this.#at);
      const text = this.#utf8(this.#bytes.subarray(this.#at, end));
      this.#at = end + 1;
      return text;
    }

    #text() {
      const length = this.#int32();
      const text = this.#utf8(this.#take(length - 1));
      this.#at++;
      return text;
    }

    document(asArray = false) {
      const end = this.#at + this.#int32();
      const result = asArray ? [] : {};
      let reference = !asArray;
      while (this.#at < end - 1) {
        const type = this.#bytes[this.#at++];
        const key = this.#name();
        const value = this.#value(type);
        if (asArray) result.push(value);
        else if (key === '__proto__') Object.defineProperty(result, key, { value, writable: true, enumerable: true, configurable: true });
        else result[key] = value;
        if (reference && key[0] === '$' && key !== '$ref' && key !== '$id' && key !== '$db') reference = false;
      }
      this.#at = end;
      if (reference && typeof result.$ref === 'string' && '$id' in result) {
        const { $ref, $id, $db, ...fields } = result;
        return new DBRef($ref, $id, $db, fields);
      }
      return result;
    }

    #value(type) {
      switch (type) {
        case 1: { const value = this.#view.getFloat64(this.#at, true); this.#at += 8; return this.#options.promoteValues === false ? new types.Double(value) : value; }
        case 2: return this.#text();
        case 3: return this.document();
        case 4: return this.document(true);
        case 5: return this.#binary();
        case 6: return undefined;
        case 7: return new ObjectId(this.#take(12));
        case 8: return this.#bytes[this.#at++] === 1;
        case 9: { const time = this.#view.getBigInt64(this.#at, true); this.#at += 8; return new Date(Number(time)); }
        case 10: return null;
        case 11: return this.#regExp();
        case 13: return { code: this.#text() };
        case 14: return this.#text();
        case 15: this.#int32(); return { code: this.#text(), scope: this.document() };
        case 16: { const value = this.#int32(); return this.#options.promoteValues === false ? new types.Int32(value) : value; }
        case 17: { const value = this.#view.getBigUint64(this.#at, true); this.#at += 8; return new Timestamp(value); }
        case 18: return this.#long();
        case 19: return new Decimal128(Buffer.from(this.#take(16)));
        case 255: return new MinKey();
        case 127: return new MaxKey();
        default: throw new BSONError(`Detected unknown BSON type ${type.toString(16)}`);
      }
    }

    #long() {
      const value = this.#view.getBigInt64(this.#at, true);
      this.#at += 8;
      if (this.#options.useBigInt64) return value;
      const isSafe = value >= -9007199254740991n && value <= 9007199254740991n;
      return this.#options.promoteLongs !== false && this.#options.promoteValues !== false && isSafe ? Number(value) : Long.fromBigInt(value);
    }

    #binary() {
      let length = this.#int32();
      const subType = this.#bytes[this.#at++];
      if (subType === 2) length = this.#int32();
      const bytes = Buffer.from(this.#take(length));
      if (this.#options.promoteBuffers && this.#options.promoteValues !== false) return bytes;
      return subType === 4 && length === 16 ? new UUID(bytes) : new Binary(bytes, subType);
    }

    #regExp() {
      const source = this.#name();
      const options = this.#name();
      if (this.#options.bsonRegExp) return new BSONRegExp(source, options);
      const flags = { i: 'i', m: 'm', s: 'g' };
      return new RegExp(source, [...options].map((option) => flags[option] ?? '').join(''));
    }
  }

  function serialize(document, options) {
    if (document === null || document === undefined) return Buffer.from([5, 0, 0, 0, 0]);
    const value = typeof document.toBSON === 'function' ? document.toBSON() : document;
    if (Array.isArray(value)) throw new BSONError('serialize does not support an array as the root input');
    if (typeof value !== 'object') throw new BSONError('serialize does not support non-object as the root input');
    if (value._bsontype !== undefined && value._bsontype !== 'DBRef') throw new BSONError('BSON types cannot be serialized as a document');
    if (value instanceof Date || value instanceof RegExp || ArrayBuffer.isView(value)) throw new BSONError('date, regexp, typedarray, and arraybuffer cannot be BSON documents');
    const writer = new Writer(options);
    writer.document(value);
    return Buffer.from(writer.finish());
  }

  const deserialize = (bytes, options) => new Reader(kit.toBytes(bytes), options).document();
  const calculateObjectSize = (document, options) => serialize(document, options).length;

  module.exports = { ...types, serialize, deserialize, calculateObjectSize };
  module.exports.BSON = module.exports;
})
