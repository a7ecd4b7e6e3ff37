// Node's crypto: https://nodejs.org/api/crypto.html. The host part is CryptoSession.cs; ciphers, keys and Web Crypto are
// facades of their own, loaded at first use.
(function (kit, module, require) {
  'use strict';
  const { coded, invalidType, outOfRange, checkString, checkFunction, checkInteger } = require('internal/errors');
  const bytesTypes = 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView';
  const highest = 2147483647;

  const isBytes = (value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
  const viewOf = (value) => (value instanceof ArrayBuffer ? new Uint8Array(value) : value);
  const toHost = (value, encoding) => kit.toBase64(kit.toBytes(viewOf(value), encoding === 'buffer' ? 'utf8' : encoding));
  const output = (bytes, encoding) => (encoding === undefined || encoding === null || encoding === 'buffer' ? bytes : bytes.toString(Buffer.isEncoding(encoding) ? encoding : 'utf8'));

  /** What the cryptography itself refuses comes as an answer, so that a wrong key does not look like a failed module. */
  function unwrap(reply) {
    if (typeof reply === 'string') return kit.fromBase64(reply);
    if (!reply?.failed) return reply;
    const { code, message, type, ...fields } = reply.failed;
    const error = new ({ TypeError, RangeError }[type] ?? Error)(message);
    Object.assign(error, fields);
    if (code) error.code = code;
    throw error;
  }
  const ask = (operation, argument) => unwrap(kit.callSync(operation, argument));
  const askLater = (operation, argument) => kit.call(operation, argument).then(unwrap);

  function checkBytes(value, name) {
    if (typeof value !== 'string' && !isBytes(value)) throw invalidType(name, bytesTypes, value);
  }

  /** Hash and Hmac collect what they are given and ask the host once. */
  class Digest {
    #operation;
    #argument;
    #parts;
    #done = false;
    #result;

    constructor(operation, argument, parts = []) {
      this.#operation = operation;
      this.#argument = argument;
      this.#parts = parts;
    }

    get isDone() { return this.#done; }

    update(data, encoding) {
      if (this.#done) throw coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
      if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
        throw invalidType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
      }
      this.#parts.push(typeof data === 'string' ? kit.toBytes(data, Buffer.isEncoding(encoding) ? encoding : 'utf8') : new Uint8Array(kit.toBytes(data)));
      return this;
    }

    finish(encoding) {
      this.#done = true;
      const data = this.#parts.length === 1 ? this.#parts[0] : kit.BufferClass.concat(this.#parts);
      return output(ask(this.#operation, { ...this.#argument, data: kit.toBase64(data) }), encoding);
    }

    digest(encoding) {
      if (this.#done) throw coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
      return this.finish(encoding);
    }

    copied(Type) { return new Type(this.#operation, this.#argument, [...this.#parts]); }

    // As the end of a stream.
    write(data, encoding) {
      this.update(data, encoding);
      return true;
    }
    end(data, encoding) {
      if (data !== undefined && data !== null) this.update(data, encoding);
      this.#result = this.digest();
      return this;
    }
    read() { return this.#result ?? null; }
    on() { return this; }
    once() { return this; }
    emit() { return true; }
  }

  class Hash extends Digest {
    copy() {
      if (this.isDone) throw coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
      return this.copied(Hash);
    }
  }

  class Hmac extends Digest {
    digest(encoding) { return this.isDone ? output(kit.BufferClass.alloc(0), encoding) : this.finish(encoding); }
  }

  const knownDigests = new Map();
  const isDigest = (name) => {
    if (!knownDigests.has(name)) knownDigests.set(name, kit.callSync('isDigest', { algorithm: name }));
    return knownDigests.get(name);
  };
  const invalidDigest = (name) => coded(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);

  function createHash(algorithm, options) {
    checkString(algorithm, 'algorithm');
    if (!isDigest(algorithm)) throw new Error('Digest method not supported');
    return new Hash('hash', { algorithm, length: options?.outputLength });
  }

  function createHmac(algorithm, key, options) {
    checkString(algorithm, 'hmac');
    let secret = key;
    if (typeof key !== 'string' && !isBytes(key)) {
      secret = typeof key === 'object' && key !== null ? lazy.keys.secretOf(key) : undefined;
      if (secret === undefined) throw invalidType('key', 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey', key);
    }
    if (!isDigest(algorithm)) throw invalidDigest(algorithm);
    return new Hmac('hmac', { algorithm, key: toHost(secret, options?.encoding) });
  }

  function hash(algorithm, data, encoding = 'hex') {
    checkString(algorithm, 'algorithm');
    if (typeof data !== 'string' && !ArrayBuffer.isView(data)) throw invalidType('input', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
    return createHash(algorithm).update(data).digest(encoding);
  }

  // Before Node 8 the digest could be left out and was SHA-1; scripts of that time still leave it out.
  function pbkdf2Argument(password, salt, iterations, length, algorithm = 'sha1') {
    checkString(algorithm, 'digest');
    checkBytes(password, 'password');
    checkBytes(salt, 'salt');
    checkInteger(iterations, 'iterations', 1, highest);
    checkInteger(length, 'keylen', 0, highest);
    if (!isDigest(algorithm)) throw invalidDigest(algorithm);
    return { password: toHost(password), salt: toHost(salt), iterations, length, algorithm };
  }

  function scryptArgument(password, salt, length, options = {}) {
    checkBytes(password, 'password');
    checkBytes(salt, 'salt');
    checkInteger(length, 'keylen', 0, highest);
    const pick = (short, long, fallback) => {
      if (options[short] !== undefined && options[long] !== undefined) throw coded(Error, 'ERR_CRYPTO_SCRYPT_INVALID_PARAMETER', 'Invalid scrypt parameter');
      const value = options[short] ?? options[long];
      if (value !== undefined) checkInteger(value, options[short] !== undefined ? short : long, 0, 2 ** 32 - 1);
      return value || fallback;
    };
    const cost = pick('N', 'cost', 16384);
    const blockSize = pick('r', 'blockSize', 8);
    const parallelization = pick('p', 'parallelization', 1);
    if (options.maxmem !== undefined) checkInteger(options.maxmem, 'maxmem', 0);
    const limit = options.maxmem || 32 * 1024 * 1024;
    if (cost < 2 || (cost & (cost - 1)) !== 0) throw coded(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', 'Invalid scrypt params');
    // OpenSSL's own sum.
    if (128 * blockSize * (parallelization + cost + 2) > limit) {
      throw coded(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', 'Invalid scrypt params: error:030000AC:digital envelope routines::memory limit exceeded');
    }
    return { password: toHost(password), salt: toHost(salt), length, cost, blockSize, parallelization };
  }

  function hkdfArgument(algorithm, key, salt, info, length) {
    checkString(algorithm, 'digest');
    const secret = typeof key === 'object' && !isBytes(key) ? lazy.keys.secretOf(key) : key;
    checkBytes(secret, 'ikm');
    checkBytes(salt, 'salt');
    checkBytes(info, 'info');
    checkInteger(length, 'length', 0, highest);
    if (!isDigest(algorithm)) throw invalidDigest(algorithm);
    return { algorithm, key: toHost(secret), salt: toHost(salt), info: toHost(info), length };
  }
  const bufferOf = (bytes) => new Uint8Array(bytes).buffer;

  // Random bytes are asked for in one go: the host's answers are limited in size.
  const randomPiece = 65536;
  function random(size) {
    if (size <= randomPiece) return ask('random', { size });
    const parts = [];
    for (let left = size; left > 0; left -= randomPiece) parts.push(ask('random', { size: Math.min(left, randomPiece) }));
    return kit.BufferClass.concat(parts);
  }

  function fill(buffer, offset, size) {
    if (!isBytes(buffer)) throw invalidType('buf', 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', buffer);
    const from = offset ?? 0;
    checkInteger(from, 'offset', 0, buffer.byteLength);
    const count = size ?? buffer.byteLength - from;
    checkInteger(count, 'size', 0, buffer.byteLength - from);
    const view = viewOf(buffer);
    new Uint8Array(view.buffer, view.byteOffset + from, count).set(random(count));
    return buffer;
  }

  const randomLimit = 2 ** 48 - 1;
  function randomInt(min, max, callback) {
    if (max === undefined || typeof max === 'function') return randomInt(0, min, max);
    if (!Number.isSafeInteger(min)) throw invalidType('min', 'a safe integer', min);
    if (!Number.isSafeInteger(max)) throw invalidType('max', 'a safe integer', max);
    if (max <= min) throw outOfRange('max', `greater than the value of "min" (${min})`, max);
    const range = max - min;
    if (range > randomLimit) throw outOfRange('max - min', `<= ${randomLimit}`, range);
    const bound = randomLimit - (randomLimit % range);
    let value;
    do value = random(6).reduce((sum, byte) => sum * 256 + byte, 0); while (value >= bound);
    value = min + (value % range);
    if (callback === undefined) return value;
    process.nextTick(() => kit.guard(callback, undefined, value));
    return undefined;
  }

  const promised = (operation, argument, callback, read = (bytes) => bytes) => {
    checkFunction(callback, 'callback');
    return kit.answer(askLater(operation, argument).then(read), callback);
  };

  const crypto = {
    createHash,
    createHmac,
    hash,
    pbkdf2Sync: (...args) => ask('pbkdf2', pbkdf2Argument(...args)),
    pbkdf2(password, salt, iterations, length, algorithm, callback) {
      const [digest, answer] = typeof algorithm === 'function' ? [undefined, algorithm] : [algorithm, callback];
      checkFunction(answer, 'callback');
      return promised('pbkdf2', pbkdf2Argument(password, salt, iterations, length, digest), answer);
    },
    scryptSync: (password, salt, length, options) => ask('scrypt', scryptArgument(password, salt, length, options)),
    scrypt(password, salt, length, options, callback) {
      const call = typeof options === 'function' ? options : callback;
      return promised('scrypt', scryptArgument(password, salt, length, typeof options === 'function' ? {} : options), call);
    },
    hkdfSync: (...args) => bufferOf(ask('hkdf', hkdfArgument(...args))),
    hkdf: (algorithm, key, salt, info, length, callback) => promised('hkdf', hkdfArgument(algorithm, key, salt, info, length), callback, bufferOf),

    randomBytes(size, callback) {
      checkInteger(size, 'size', 0, highest);
      const bytes = random(size);
      if (callback === undefined) return bytes;
      checkFunction(callback, 'callback');
      process.nextTick(() => kit.guard(callback, null, bytes));
      return undefined;
    },
    randomFillSync: fill,
    randomFill(buffer, ...rest) {
      const callback = rest.pop();
      checkFunction(callback, 'callback');
      fill(buffer, ...rest);
      process.nextTick(() => kit.guard(callback, null, buffer));
    },
    randomInt,
    randomUUID: () => kit.callSync('uuid'),

    timingSafeEqual(a, b) {
      const expected = 'must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.';
      if (!isBytes(a)) throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', `The "buf1" argument ${expected}`);
      if (!isBytes(b)) throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', `The "buf2" argument ${expected}`);
      if (a.byteLength !== b.byteLength) throw coded(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
      return kit.callSync('equal', { a: toHost(a), b: toHost(b) });
    },

    getHashes: () => kit.callSync('digests'),
    getCiphers: () => kit.callSync('ciphers'),
    getCurves: () => ['prime256v1', 'secp256k1', 'secp384r1', 'secp521r1'],
    getFips: () => 0,
    setFips() {},
    Hash,
    Hmac,
    constants: {
      RSA_PKCS1_PADDING: 1, RSA_NO_PADDING: 3, RSA_PKCS1_OAEP_PADDING: 4, RSA_X931_PADDING: 5, RSA_PKCS1_PSS_PADDING: 6,
      RSA_PSS_SALTLEN_DIGEST: -1, RSA_PSS_SALTLEN_MAX_SIGN: -2, RSA_PSS_SALTLEN_AUTO: -2,
      POINT_CONVERSION_COMPRESSED: 2, POINT_CONVERSION_UNCOMPRESSED: 4, POINT_CONVERSION_HYBRID: 6,
      defaultCoreCipherList: '', TLS1_VERSION: 769, TLS1_1_VERSION: 770, TLS1_2_VERSION: 771, TLS1_3_VERSION: 772, SSL_OP_ALL: 2147485776, SSL_OP_NO_SSLv2: 0, SSL_OP_NO_SSLv3: 33554432,
    },
  };

  const tools = { ask, askLater, toHost, output, isBytes, checkBytes, isDigest, bytesTypes, errors: require('internal/errors'), crypto, StringDecoder: () => require('string_decoder').StringDecoder };
  const lazy = {};
  const part = (name, facade) => {
    Object.defineProperty(lazy, name, {
      configurable: true,
      get() {
        const value = require(facade)(kit, tools, lazy);
        Object.defineProperty(lazy, name, { value });
        return value;
      },
    });
  };
  part('ciphers', 'internal/crypto-ciphers');
  part('keys', 'internal/crypto-keys');
  part('web', 'internal/crypto-web');

  const members = {
    ciphers: ['createCipheriv', 'createDecipheriv', 'createCipher', 'createDecipher', 'getCipherInfo'],
    keys: [
      'KeyObject', 'createPublicKey', 'createPrivateKey', 'createSecretKey', 'createSign', 'createVerify', 'sign', 'verify', 'Sign', 'Verify',
      'publicEncrypt', 'privateDecrypt', 'privateEncrypt', 'publicDecrypt', 'generateKeyPair', 'generateKeyPairSync', 'generateKey', 'generateKeySync',
      'createDiffieHellman', 'createECDH', 'getDiffieHellman', 'diffieHellman', 'X509Certificate'],
    web: ['webcrypto', 'subtle', 'getRandomValues'],
  };
  for (const name of Object.keys(members)) {
    for (const member of members[name]) {
      Object.defineProperty(crypto, member, {
        enumerable: true,
        configurable: true,
        get: () => lazy[name][member],
        set(value) { Object.defineProperty(crypto, member, { value, writable: true, enumerable: true, configurable: true }); },
      });
    }
  }
  Object.defineProperty(crypto, 'default', { value: crypto });
  module.exports = crypto;
})
