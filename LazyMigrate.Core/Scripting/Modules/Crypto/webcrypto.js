// Web Crypto, as far as password checks and tokens use it: https://w3c.github.io/webcrypto/
(function (kit, module) {
  'use strict';
  module.exports = (kit, { askLater, toHost, crypto }, lazy) => {
    const notSupported = () => new DOMException('Unrecognized algorithm name', 'NotSupportedError');
    const bytesOf = (data) => {
      if (!(data instanceof ArrayBuffer) && !ArrayBuffer.isView(data)) throw new TypeError('The "data" argument must be an ArrayBuffer or a view of one.');
      return toHost(data);
    };
    const bufferOf = (bytes) => new Uint8Array(bytes).buffer;
    const nameOf = (algorithm) => String(algorithm?.name ?? algorithm);
    const hashOf = (algorithm) => {
      const name = nameOf(algorithm).toUpperCase();
      if (!/^SHA-(?:1|256|384|512)$/.test(name)) throw notSupported();
      return name;
    };
    const names = ['HMAC', 'PBKDF2', 'HKDF', 'AES-CBC', 'AES-GCM', 'AES-CTR', 'RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP', 'ECDSA', 'Ed25519'];
    const normal = (algorithm) => {
      const name = names.find((each) => each.toLowerCase() === nameOf(algorithm).toLowerCase());
      if (!name) throw notSupported();
      return { ...typeof algorithm === 'object' ? algorithm : {}, name };
    };

    const keys = new WeakMap();
    class CryptoKey {
      constructor(type, algorithm, extractable, usages) { Object.assign(this, { type, algorithm, extractable, usages }); }
      get [Symbol.toStringTag]() { return 'CryptoKey'; }
    }
    function make(keyObject, algorithm, extractable, usages) {
      const key = new CryptoKey(keyObject.type, algorithm, Boolean(extractable), [...usages]);
      keys.set(key, keyObject);
      return key;
    }
    function keyOf(key, usage, name) {
      const keyObject = keys.get(key);
      if (!keyObject) throw new TypeError('The "key" argument must be an instance of CryptoKey.');
      if (name && key.algorithm.name !== name) throw new DOMException('Key algorithm mismatch', 'InvalidAccessError');
      if (usage && !key.usages.includes(usage)) throw new DOMException(`Unable to use this key to ${usage}`, 'InvalidAccessError');
      return keyObject;
    }
    lazy.keys.onCryptoKey((key) => keyOf(key));

    const cipherOf = ({ name }, secret) => `aes-${secret.length * 8}-${name.slice(4).toLowerCase()}`;
    const signing = (key, algorithm) => ({
      digest: key.algorithm.name === 'Ed25519' ? null : hashOf(key.algorithm.name === 'ECDSA' ? algorithm.hash : key.algorithm.hash),
      settings: {
        'RSA-PSS': { padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength },
        ECDSA: { dsaEncoding: 'ieee-p1363' },
      }[key.algorithm.name],
    });

    async function aes(key, algorithm, data, decrypt) {
      const given = normal(algorithm);
      const secret = keyOf(key, decrypt ? 'decrypt' : 'encrypt', given.name).export();
      const iv = given.name === 'AES-CTR' ? given.counter : given.iv;
      const cipher = crypto[decrypt ? 'createDecipheriv' : 'createCipheriv'](cipherOf(given, secret), secret, new Uint8Array(kit.fromBase64(bytesOf(iv))));
      let bytes = kit.fromBase64(bytesOf(data));
      if (given.additionalData) cipher.setAAD(kit.fromBase64(bytesOf(given.additionalData)));
      const tagLength = (given.tagLength ?? 128) / 8;
      if (given.name === 'AES-GCM' && decrypt) {
        cipher.setAuthTag(bytes.subarray(bytes.length - tagLength));
        bytes = bytes.subarray(0, bytes.length - tagLength);
      }
      try {
        const parts = [cipher.update(bytes), cipher.final()];
        if (given.name === 'AES-GCM' && !decrypt) parts.push(cipher.getAuthTag().subarray(0, tagLength));
        return bufferOf(kit.BufferClass.concat(parts));
      } catch (cause) {
        throw Object.assign(new DOMException('The operation failed for an operation-specific reason', 'OperationError'), { cause });
      }
    }

    const subtle = {
      async digest(algorithm, data) {
        return bufferOf(await askLater('hash', { algorithm: hashOf(algorithm), data: bytesOf(data) }));
      },

      async importKey(format, data, algorithm, extractable, usages) {
        const given = normal(algorithm);
        if (given.hash) given.hash = { name: hashOf(given.hash) };
        let key;
        if (format === 'raw') key = crypto.createSecretKey(kit.fromBase64(bytesOf(data)));
        else if (format === 'jwk' && data.kty === 'oct') key = crypto.createSecretKey(kit.BufferClass.from(data.k, 'base64url'));
        else if (format === 'jwk') key = data.d ? crypto.createPrivateKey({ key: data, format }) : crypto.createPublicKey({ key: data, format });
        else if (format === 'pkcs8') key = crypto.createPrivateKey({ key: kit.fromBase64(bytesOf(data)), format: 'der', type: 'pkcs8' });
        else if (format === 'spki') key = crypto.createPublicKey({ key: kit.fromBase64(bytesOf(data)), format: 'der', type: 'spki' });
        else throw notSupported();
        if (given.name === 'HMAC') given.length = key.symmetricKeySize * 8;
        return make(key, given, extractable, usages);
      },

      async exportKey(format, key) {
        const keyObject = keyOf(key);
        if (!key.extractable) throw new DOMException('key is not extractable', 'InvalidAccessException');
        if (format === 'jwk') return { ...keyObject.export({ format: 'jwk' }), key_ops: key.usages, ext: true };
        return bufferOf(format === 'raw' ? keyObject.export() : keyObject.export({ format: 'der', type: format }));
      },

      async generateKey(algorithm, extractable, usages) {
        const given = normal(algorithm);
        if (given.hash) given.hash = { name: hashOf(given.hash) };
        if (given.name !== 'HMAC' && !given.name.startsWith('AES-')) throw notSupported();
        const length = given.length ?? { 'SHA-384': 1024, 'SHA-512': 1024 }[given.hash?.name] ?? 512;
        return make(crypto.createSecretKey(crypto.randomBytes(length / 8)), { ...given, length }, extractable, usages);
      },

      async deriveBits(algorithm, key, length) {
        const given = normal(algorithm);
        const secret = keyOf(key, key.usages?.includes('deriveKey') ? undefined : 'deriveBits', given.name).export();
        const base = { algorithm: hashOf(given.hash), salt: bytesOf(given.salt), length: length / 8 };
        if (given.name === 'PBKDF2') return bufferOf(await askLater('pbkdf2', { ...base, password: toHost(secret), iterations: given.iterations }));
        if (given.name === 'HKDF') return bufferOf(await askLater('hkdf', { ...base, key: toHost(secret), info: bytesOf(given.info) }));
        throw notSupported();
      },

      async deriveKey(algorithm, key, derived, extractable, usages) {
        const target = normal(derived);
        const length = target.length ?? { 'SHA-384': 1024, 'SHA-512': 1024 }[nameOf(target.hash).toUpperCase()] ?? 512;
        return subtle.importKey('raw', await subtle.deriveBits(algorithm, key, length), target, extractable, usages);
      },

      async sign(algorithm, key, data) {
        const given = normal(algorithm);
        const keyObject = keyOf(key, 'sign', given.name);
        if (given.name === 'HMAC') return bufferOf(await askLater('hmac', { algorithm: key.algorithm.hash.name, key: toHost(keyObject.export()), data: bytesOf(data) }));
        const { digest, settings } = signing(key, given);
        return bufferOf(crypto.sign(digest, kit.fromBase64(bytesOf(data)), { key: keyObject, ...settings }));
      },

      async verify(algorithm, key, signature, data) {
        const given = normal(algorithm);
        const keyObject = keyOf(key, 'verify', given.name);
        const given64 = bytesOf(signature);
        if (given.name === 'HMAC') {
          const expected = await askLater('hmac', { algorithm: key.algorithm.hash.name, key: toHost(keyObject.export()), data: bytesOf(data) });
          const actual = kit.fromBase64(given64);
          return actual.length === expected.length && crypto.timingSafeEqual(expected, actual);
        }
        const { digest, settings } = signing(key, given);
        return crypto.verify(digest, kit.fromBase64(bytesOf(data)), { key: keyObject, ...settings }, kit.fromBase64(given64));
      },

      async encrypt(algorithm, key, data) {
        const given = normal(algorithm);
        if (given.name !== 'RSA-OAEP') return aes(key, given, data, false);
        return bufferOf(crypto.publicEncrypt({ key: keyOf(key, 'encrypt', given.name), oaepHash: key.algorithm.hash.name }, kit.fromBase64(bytesOf(data))));
      },
      async decrypt(algorithm, key, data) {
        const given = normal(algorithm);
        if (given.name !== 'RSA-OAEP') return aes(key, given, data, true);
        return bufferOf(crypto.privateDecrypt({ key: keyOf(key, 'decrypt', given.name), oaepHash: key.algorithm.hash.name }, kit.fromBase64(bytesOf(data))));
      },
    };

    function getRandomValues(array) {
      if (!ArrayBuffer.isView(array) || array instanceof DataView || array instanceof Float32Array || array instanceof Float64Array) {
        throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
      }
      if (array.byteLength > 65536) throw new DOMException('The requested length exceeds 65,536 bytes', 'QuotaExceededError');
      return crypto.randomFillSync(array);
    }

    return { subtle, getRandomValues, webcrypto: { subtle, getRandomValues, randomUUID: () => crypto.randomUUID(), CryptoKey } };
  };
})
