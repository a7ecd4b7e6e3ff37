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
  crypto.default = crypto;
  module.exports = crypto;
})
