// Ciphers of Node's crypto. Each asks the host for all of its output so far and hands on what is new: the host part keeps no state.
(function (kit, module) {
  'use strict';
  module.exports = (kit, { ask, toHost, isBytes, errors, StringDecoder }, lazy) => {
    const { coded, invalidType, checkString } = errors;
    const known = new Map();

    /** `{ keyLength, ivLength, mode }`, or undefined. */
    function infoOf(name) {
      const key = String(name).toLowerCase();
      if (!known.has(key)) known.set(key, kit.callSync('cipherInfo', { algorithm: key }) ?? undefined);
      return known.get(key);
    }

    class Cipher {
      #argument;
      #info;
      #data = [];
      #emitted = 0;
      #final = false;
      #padding = true;
      #aad = [];
      #tag;
      #decoder;

      constructor(name, key, iv, decrypt, options) {
        this.#info = infoOf(name);
        this.#argument = { algorithm: String(name).toLowerCase(), key: toHost(key), iv: iv === null ? null : toHost(iv), decrypt, tagLength: options?.authTagLength };
      }

      #ask(final) {
        return ask('cipher', {
          ...this.#argument,
          data: kit.toBase64(this.#data.length === 1 ? this.#data[0] : kit.BufferClass.concat(this.#data)),
          final,
          padding: this.#padding,
          aad: this.#aad.length ? kit.toBase64(kit.BufferClass.concat(this.#aad)) : null,
          tag: this.#argument.decrypt && this.#tag ? kit.toBase64(this.#tag) : null,
        });
      }

      #take({ output: base64, tag }) {
        const bytes = kit.fromBase64(base64).subarray(this.#emitted);
        this.#emitted += bytes.length;
        if (tag) this.#tag = kit.fromBase64(tag);
        return bytes;
      }

      /** Text across calls is whole: base64 of three bytes each, no half characters. */
      #output(bytes, encoding, step) {
        if (!encoding || encoding === 'buffer') return bytes;
        this.#decoder ??= new (StringDecoder())(Buffer.isEncoding(encoding) ? encoding : 'utf8');
        return this.#decoder[step](bytes);
      }

      update(data, inputEncoding, outputEncoding) {
        if (typeof data !== 'string' && !ArrayBuffer.isView(data)) throw invalidType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
        if (this.#final) throw new Error('Trying to add data in unsupported state');
        this.#data.push(new Uint8Array(kit.toBytes(data, inputEncoding === 'buffer' ? 'utf8' : inputEncoding)));
        return this.#output(this.#take(this.#ask(false)), outputEncoding, 'write');
      }

      final(outputEncoding) {
        if (this.#final) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state');
        this.#final = true;
        return this.#output(this.#take(this.#ask(true)), outputEncoding, 'end');
      }

      setAutoPadding(isOn = true) {
        this.#padding = Boolean(isOn);
        return this;
      }

      setAAD(bytes) {
        this.#aad.push(new Uint8Array(kit.toBytes(bytes)));
        return this;
      }

      getAuthTag() {
        if (this.#argument.decrypt || !this.#final || !this.#tag) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state for operation getAuthTag');
        return this.#tag;
      }

      setAuthTag(tag, encoding) {
        if (typeof tag !== 'string' && !isBytes(tag)) throw invalidType('buffer', 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', tag);
        if (!this.#argument.decrypt || !this.#info.authenticated) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state for operation setAuthTag');
        const bytes = kit.toBytes(tag, encoding);
        if (![4, 8, 12, 13, 14, 15, 16].includes(bytes.length)) throw coded(TypeError, 'ERR_CRYPTO_INVALID_AUTH_TAG', `Invalid authentication tag length: ${bytes.length}`);
        this.#tag = kit.BufferClass.from(bytes);
        return this;
      }

      // As a stream that is read at its end.
      write(data, encoding) {
        (this.chunks ??= []).push(this.update(data, encoding));
        return true;
      }
      end(data, encoding) {
        if (data !== undefined) this.write(data, encoding);
        (this.chunks ??= []).push(this.final());
        return this;
      }
      read() {
        const all = this.chunks?.length ? kit.BufferClass.concat(this.chunks) : null;
        this.chunks = [];
        return all;
      }
    }
    class Cipheriv extends Cipher {}
    class Decipheriv extends Cipher {}

    const keyTypes = 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey';

    function make(Type, name, key, iv, options) {
      checkString(name, 'cipher');
      const secret = typeof key === 'string' || isBytes(key) ? key : typeof key === 'object' && key !== null ? lazy.keys.secretOf(key) : undefined;
      if (secret === undefined) throw invalidType('key', keyTypes, key);
      if (iv !== null && typeof iv !== 'string' && !isBytes(iv)) throw invalidType('iv', 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView', iv);
      const info = infoOf(name);
      if (!info) throw coded(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
      const ivLength = iv === null ? 0 : kit.toBytes(iv instanceof ArrayBuffer ? new Uint8Array(iv) : iv).length;
      if (info.authenticated ? ivLength === 0 : ivLength !== info.ivLength) throw coded(TypeError, 'ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');
      const keyLength = kit.toBytes(secret instanceof ArrayBuffer ? new Uint8Array(secret) : secret).length;
      if (keyLength !== info.keyLength) throw coded(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
      return new Type(name, secret, iv, Type === Decipheriv, options);
    }

    /** EVP_BytesToKey with MD5, one round, no salt: what createCipher made of a password until Node 22. */
    function fromPassword(Type, name, password, options) {
      checkString(name, 'cipher');
      const info = infoOf(name);
      if (!info) throw coded(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
      const secret = kit.toBytes(password instanceof ArrayBuffer ? new Uint8Array(password) : password);
      let bytes = kit.BufferClass.alloc(0);
      let block = kit.BufferClass.alloc(0);
      while (bytes.length < info.keyLength + info.ivLength) {
        block = ask('hash', { algorithm: 'md5', data: kit.toBase64(kit.BufferClass.concat([block, secret])) });
        bytes = kit.BufferClass.concat([bytes, block]);
      }
      const iv = info.ivLength ? bytes.subarray(info.keyLength, info.keyLength + info.ivLength) : null;
      return new Type(name, bytes.subarray(0, info.keyLength), iv, Type === Decipheriv, options);
    }

    return {
      createCipheriv: (name, key, iv, options) => make(Cipheriv, name, key, iv, options),
      createDecipheriv: (name, key, iv, options) => make(Decipheriv, name, key, iv, options),
      createCipher: (name, password, options) => fromPassword(Cipheriv, name, password, options),
      createDecipher: (name, password, options) => fromPassword(Decipheriv, name, password, options),
      getCipherInfo(name) {
        const info = infoOf(name);
        if (!info) return undefined;
        const { keyLength, ivLength, blockSize, mode } = info;
        return { mode, name: String(name).toLowerCase(), ...blockSize > 1 ? { blockSize } : {}, ...ivLength ? { ivLength } : {}, keyLength };
      },
    };
  };
})
