// Keys and signatures of Node's crypto. A KeyObject holds DER (PKCS#8 or SPKI); the host part keeps no state.
(function (kit, module) {
  'use strict';
  module.exports = (kit, { ask, askLater, toHost, output, isBytes, isDigest, errors, crypto }) => {
    const { coded, invalidType, invalidValue, checkString, checkFunction, checkInteger, notAvailable } = errors;
    const { constants } = crypto;
    const keyTypes = 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey';
    const plainTypes = 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView';
    const token = {};
    let dataOf;

    class KeyObject {
      #data;
      constructor(given, data) {
        if (given !== token) throw invalidValue('type', given);
        this.#data = data;
      }

      static { dataOf = (key) => (typeof key === 'object' && key !== null && #data in key ? key.#data : undefined); }
      static from(key) { return fromCryptoKey(key); }

      get type() { return this.#data.type; }
      get asymmetricKeyType() { return this.#data.asymmetricKeyType; }
      get asymmetricKeyDetails() {
        const { details } = this.#data;
        if (!details) return undefined;
        return details.publicExponent ? { ...details, publicExponent: BigInt(details.publicExponent) } : { ...details };
      }
      get symmetricKeySize() { return this.#data.secret?.length; }
      equals(other) {
        const data = dataOf(other);
        return data?.type === this.type && (data.secret ? kit.BufferClass.compare(data.secret, this.#data.secret) === 0 : data.der === this.#data.der);
      }
      export(options) {
        const { type, secret, der } = this.#data;
        if (type === 'secret') {
          if (options?.format === 'jwk') return { kty: 'oct', k: secret.toString('base64url') };
          return kit.BufferClass.from(secret);
        }
        if (typeof options !== 'object' || options === null) throw invalidType('options', 'of type object', options);
        const { format, type: encoding, cipher, passphrase } = options;
        if (format === 'jwk') return ask('exportJwk', { der, type });
        if (format !== 'pem' && format !== 'der') throw invalidValue('options.format', format);
        const known = type === 'public' ? ['pkcs1', 'spki'] : ['pkcs1', 'pkcs8', 'sec1'];
        if (!known.includes(encoding)) throw invalidValue('options.type', encoding);
        const made = ask('exportKey', { der, type, format, encoding, cipher, passphrase: passphrase === undefined ? undefined : toHost(passphrase) });
        return format === 'pem' ? made.pem : kit.fromBase64(made.der);
      }
      get [Symbol.toStringTag]() { return 'KeyObject'; }
    }
    const over = (data) => new KeyObject(token, data);

    let fromCryptoKey = (key) => { throw invalidType('key', 'an instance of CryptoKey', key); };
    function secretOf(key) {
      const data = dataOf(key);
      if (data && data.type !== 'secret') throw coded(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${data.type}, expected secret.`);
      return data?.secret;
    }

    function createSecretKey(key, encoding) {
      if (typeof key !== 'string' && !isBytes(key)) throw invalidType('key', 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView', key);
      return over({ type: 'secret', secret: kit.BufferClass.from(kit.toBytes(key instanceof ArrayBuffer ? new Uint8Array(key) : key, encoding)) });
    }

    /** What the host needs of a key in any of the forms that Node takes. */
    function describe(given, name = 'key') {
      const isPlain = typeof given === 'object' && given !== null && !isBytes(given) && !dataOf(given);
      const key = isPlain ? given.key : given;
      if (isPlain && given.format === 'jwk') {
        if (typeof key !== 'object' || key === null) throw invalidType('key.key', 'of type object', key);
        return { jwk: key };
      }
      const passphrase = isPlain && given.passphrase !== undefined && given.passphrase !== null ? toHost(given.passphrase) : undefined;
      if (typeof key === 'string' || isBytes(key)) {
        return isPlain && given.format === 'der'
          ? { der: toHost(key), encoding: given.type, passphrase }
          : { pem: typeof key === 'string' ? key : kit.BufferClass.from(kit.toBytes(key instanceof ArrayBuffer ? new Uint8Array(key) : key)).toString('latin1'), passphrase };
      }
      throw invalidType(isPlain ? `${name}.key` : name, name === 'key' ? plainTypes : keyTypes, key);
    }
    const find = (given) => dataOf(given) ?? (typeof given === 'object' && given !== null && !isBytes(given) ? dataOf(given.key) : undefined);

    function readPrivate(given, name) {
      const known = find(given);
      if (known) {
        if (known.type !== 'private') throw coded(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${known.type}, expected private.`);
        return known;
      }
      return ask('readPrivateKey', describe(given, name));
    }
    function readPublic(given, name) {
      const known = find(given);
      if (known?.type === 'secret') throw coded(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', 'Invalid key object type secret, expected private or public.');
      if (known?.type === 'public') return known;
      return ask('readPublicKey', known ? { der: known.der, encoding: 'pkcs8' } : describe(given, name));
    }

    const digestOf = (algorithm) => {
      if (algorithm === null || algorithm === undefined) return null;
      checkString(algorithm, 'algorithm');
      if (!isDigest(algorithm)) throw coded(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`);
      return algorithm;
    };
    function settingsOf(key) {
      const given = typeof key === 'object' && key !== null && !isBytes(key) && !dataOf(key) ? key : {};
      const { padding, saltLength, dsaEncoding } = given;
      if (padding !== undefined && !Number.isInteger(padding)) throw invalidValue('options.padding', padding);
      if (saltLength !== undefined && !Number.isInteger(saltLength)) throw invalidValue('options.saltLength', saltLength);
      if (dsaEncoding !== undefined && dsaEncoding !== 'der' && dsaEncoding !== 'ieee-p1363') throw invalidValue('options.dsaEncoding', dsaEncoding);
      return { padding, saltLength, dsaEncoding };
    }
    const bytesOf = (data, name = 'data') => {
      if (typeof data === 'string' && name === 'data') return toHost(data);
      if (!isBytes(data)) throw invalidType(name, 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', data);
      return toHost(data);
    };

    class Signing {
      #algorithm;
      #parts = [];
      constructor(algorithm) {
        checkString(algorithm, 'algorithm');
        if (!isDigest(algorithm)) throw coded(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', 'Invalid digest');
        this.#algorithm = algorithm;
      }
      update(data, encoding) {
        if (typeof data !== 'string' && !ArrayBuffer.isView(data)) throw invalidType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
        this.#parts.push(new Uint8Array(kit.toBytes(data, encoding)));
        return this;
      }
      write(data, encoding) {
        this.update(data, encoding);
        return true;
      }
      end(data, encoding) {
        if (data !== undefined) this.update(data, encoding);
        return this;
      }
      take() { return { algorithm: this.#algorithm, data: kit.toBase64(kit.BufferClass.concat(this.#parts)) }; }
    }
    class Sign extends Signing {
      sign(key, encoding) {
        if (!key) throw coded(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
        return output(ask('sign', { ...this.take(), ...settingsOf(key), key: readPrivate(key).der }), encoding);
      }
    }
    class Verify extends Signing {
      verify(key, signature, encoding) {
        const settings = settingsOf(key);
        const { der } = readPublic(key);
        if (typeof signature !== 'string' && !isBytes(signature)) throw invalidType('signature', 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', signature);
        return ask('verify', { ...this.take(), ...settings, key: der, signature: toHost(signature, encoding) });
      }
    }

    function signArgument(algorithm, data, key) {
      if (!key) throw coded(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
      return { algorithm: digestOf(algorithm), data: bytesOf(data), ...settingsOf(key), key: readPrivate(key).der };
    }
    const verifyArgument = (algorithm, data, key, signature) => ({
      algorithm: digestOf(algorithm), data: bytesOf(data), ...settingsOf(key), key: readPublic(key).der, signature: bytesOf(signature, 'signature'),
    });

    /** publicEncrypt and its kin. */
    function rsa(operation, key, data, usesPrivate, padding) {
      const given = typeof key === 'object' && key !== null && !isBytes(key) && !dataOf(key) ? key : {};
      return ask('rsa', {
        operation,
        key: (usesPrivate ? readPrivate(key) : readPublic(key)).der,
        data: typeof data === 'string' ? toHost(data, given.encoding) : bytesOf(data, 'buffer'),
        padding: given.padding ?? padding,
        oaepHash: given.oaepHash ?? 'sha1',
        oaepLabel: given.oaepLabel === undefined ? null : toHost(given.oaepLabel),
      });
    }

    function generated(type, options = {}) {
      checkString(type, 'type');
      if (!['rsa', 'rsa-pss', 'ec', 'ed25519'].includes(type)) throw invalidValue('type', type, "must be a supported key type");
      if (type.startsWith('rsa')) checkInteger(options.modulusLength, 'options.modulusLength', 0, 2 ** 32 - 1);
      if (type === 'ec') checkString(options.namedCurve, 'options.namedCurve');
      return { type: type === 'rsa-pss' ? 'rsa' : type, modulusLength: options.modulusLength, namedCurve: options.namedCurve };
    }
    function pairOf({ privateKey, publicKey }, options = {}) {
      const give = (data, encoding) => (encoding ? over(data).export(encoding) : over(data));
      return { publicKey: give(publicKey, options.publicKeyEncoding), privateKey: give(privateKey, options.privateKeyEncoding) };
    }

    const absent = (name) => ({ [name]() { throw notAvailable(`crypto.${name}`, 'password checks need no key agreement.'); } }[name]);

    return {
      secretOf,
      dataOf,
      over,
      onCryptoKey(read) { fromCryptoKey = read; },
      KeyObject,
      createSecretKey,
      createPrivateKey: (key) => over({ ...readPrivate(key), type: 'private' }),
      createPublicKey: (key) => over({ ...readPublic(key), type: 'public' }),
      Sign,
      Verify,
      createSign: (algorithm) => new Sign(algorithm),
      createVerify: (algorithm) => new Verify(algorithm),
      sign(algorithm, data, key, callback) {
        const argument = signArgument(algorithm, data, key);
        return callback === undefined ? ask('sign', argument) : kit.answer(askLater('sign', argument), callback);
      },
      verify(algorithm, data, key, signature, callback) {
        const argument = verifyArgument(algorithm, data, key, signature);
        return callback === undefined ? ask('verify', argument) : kit.answer(askLater('verify', argument), callback);
      },
      publicEncrypt: (key, data) => rsa('encrypt', key, data, false, constants.RSA_PKCS1_OAEP_PADDING),
      privateDecrypt: (key, data) => rsa('decrypt', key, data, true, constants.RSA_PKCS1_OAEP_PADDING),
      privateEncrypt: (key, data) => rsa('privateEncrypt', key, data, true, constants.RSA_PKCS1_PADDING),
      publicDecrypt: (key, data) => rsa('publicDecrypt', key, data, false, constants.RSA_PKCS1_PADDING),
      generateKeyPairSync: (type, options) => pairOf(ask('generate', generated(type, options)), options),
      generateKeyPair(type, options, callback) {
        const call = typeof options === 'function' ? options : callback;
        const given = typeof options === 'function' ? {} : options;
        checkFunction(call, 'callback');
        askLater('generate', generated(type, given)).then((made) => pairOf(made, given)).then(
          ({ publicKey, privateKey }) => kit.guard(call, null, publicKey, privateKey),
          (error) => kit.guard(call, error));
      },
      generateKeySync: (type, { length }) => createSecretKey(crypto.randomBytes(Math.floor(length / 8))),
      generateKey(type, options, callback) { process.nextTick(() => kit.guard(callback, null, this.generateKeySync(type, options))); },
      createDiffieHellman: absent('createDiffieHellman'),
      createECDH: absent('createECDH'),
      getDiffieHellman: absent('getDiffieHellman'),
      diffieHellman: absent('diffieHellman'),
      X509Certificate: class X509Certificate { constructor() { throw notAvailable('crypto.X509Certificate', 'createPublicKey reads certificates.'); } },
    };
  };
})
