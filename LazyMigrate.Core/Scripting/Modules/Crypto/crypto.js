// Node's crypto, as far as password checks use it: https://nodejs.org/api/crypto.html. The host part is CryptoSession.cs.
(function (kit, module) {
  'use strict';
  const bytesOf = (value, encoding) => kit.toBase64(kit.toBytes(value, encoding));
  const output = (base64, encoding) => {
    const bytes = kit.fromBase64(base64);
    return encoding === undefined || encoding === 'buffer' ? bytes : bytes.toString(encoding);
  };

  /** Hash and Hmac: they collect what they are given and ask the host once. */
  class Digest {
    #operation;
    #argument;
    #parts = [];
    #done = false;

    constructor(operation, argument) {
      this.#operation = operation;
      this.#argument = argument;
    }

    update(data, encoding) {
      if (this.#done) throw Object.assign(new Error('Digest already called'), { code: 'ERR_CRYPTO_HASH_FINALIZED' });
      if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
        throw Object.assign(new TypeError('The "data" argument must be of type string or an instance of Buffer, TypedArray, or DataView.'), { code: 'ERR_INVALID_ARG_TYPE' });
      }
      this.#parts.push(Buffer.from(kit.toBytes(data, encoding)));
      return this;
    }

    digest(encoding) {
      if (this.#done) throw Object.assign(new Error('Digest already called'), { code: 'ERR_CRYPTO_HASH_FINALIZED' });
      this.#done = true;
      return output(kit.callSync(this.#operation, { ...this.#argument, data: bytesOf(Buffer.concat(this.#parts)) }), encoding);
    }
  }

  const deriveArgument = (password, salt, iterations, length, algorithm) => ({
    password: bytesOf(password), salt: bytesOf(salt), iterations, length, algorithm,
  });

  const crypto = {
    createHash: (algorithm) => new Digest('hash', { algorithm }),
    createHmac: (algorithm, key) => new Digest('hmac', { algorithm, key: bytesOf(key) }),
    hash: (algorithm, data, encoding = 'hex') => output(kit.callSync('hash', { algorithm, data: bytesOf(data) }), encoding),
    getHashes: () => ['md5', 'sha1', 'sha256', 'sha384', 'sha512'],

    pbkdf2Sync: (password, salt, iterations, length, algorithm) =>
      output(kit.callSync('pbkdf2', deriveArgument(password, salt, iterations, length, algorithm))),
    pbkdf2: (password, salt, iterations, length, algorithm, callback) =>
      kit.answer(kit.call('pbkdf2', deriveArgument(password, salt, iterations, length, algorithm)).then((key) => output(key)), callback),

    randomBytes(size, callback) {
      if (typeof callback === 'function') return kit.answer(kit.call('random', { size }).then((bytes) => output(bytes)), callback);
      return output(kit.callSync('random', { size }));
    },
    randomUUID: () => kit.callSync('uuid'),

    timingSafeEqual(a, b) {
      if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b)) throw Object.assign(new TypeError('The arguments must be Buffers.'), { code: 'ERR_INVALID_ARG_TYPE' });
      if (a.byteLength !== b.byteLength) {
        throw Object.assign(new RangeError('Input buffers must have the same byte length'), { code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH' });
      }
      return kit.callSync('equal', { a: bytesOf(a), b: bytesOf(b) });
    },
  };

  // Web Crypto, as far as it needs no keys: https://w3c.github.io/webcrypto/
  const subtle = {
    async digest(algorithm, data) {
      const name = String(algorithm?.name ?? algorithm).toUpperCase();
      if (!/^SHA-(?:1|256|384|512)$/.test(name)) throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
      if (!(data instanceof ArrayBuffer) && !ArrayBuffer.isView(data)) throw new TypeError('The "data" argument must be an ArrayBuffer or a view of one.');
      const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
      return new Uint8Array(kit.fromBase64(await kit.call('hash', { algorithm: name, data: bytesOf(bytes) }))).buffer;
    },
  };
  function getRandomValues(array) {
    if (!ArrayBuffer.isView(array) || array instanceof DataView || array instanceof Float32Array || array instanceof Float64Array) {
      throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
    }
    if (array.byteLength > 65536) throw new DOMException(`The requested length exceeds 65,536 bytes`, 'QuotaExceededError');
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(kit.fromBase64(kit.callSync('random', { size: array.byteLength })));
    return array;
  }
  crypto.webcrypto = { subtle, getRandomValues, randomUUID: crypto.randomUUID };
  Object.assign(crypto, { subtle, getRandomValues });
  crypto.default = crypto;
  module.exports = crypto;
})
