// jsonwebtoken 9: https://github.com/auth0/node-jsonwebtoken
(function (kit, module, require) {
  'use strict';
  const { createPrivateKey, createPublicKey, createSecretKey, KeyObject } = require('crypto');
  const jws = require('jws');
  const ms = require('ms');

  function errorType(name, Parent, detail) {
    const Type = { [name]: function (message, value) {
      if (!(this instanceof Type)) return new Type(message, value);
      Error.captureStackTrace(this, Type);
      this.name = name;
      this.message = message;
      if (value) this[detail] = value;
    } }[name];
    Type.prototype = Object.create(Parent.prototype, { constructor: { value: Type, writable: true, configurable: true } });
    return Type;
  }
  const JsonWebTokenError = errorType('JsonWebTokenError', Error, 'inner');
  const TokenExpiredError = errorType('TokenExpiredError', JsonWebTokenError, 'expiredAt');
  const NotBeforeError = errorType('NotBeforeError', JsonWebTokenError, 'date');

  const algorithmsOf = { rsa: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'], ec: ['ES256', 'ES384', 'ES512'], secret: ['HS256', 'HS384', 'HS512'] };
  const algorithmsForKey = { ec: algorithmsOf.ec, rsa: ['RS256', 'PS256', 'RS384', 'PS384', 'RS512', 'PS512'], 'rsa-pss': ['PS256', 'PS384', 'PS512'] };
  const curves = { ES256: 'prime256v1', ES384: 'secp384r1', ES512: 'secp521r1' };
  const known = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', ...algorithmsOf.ec, ...algorithmsOf.secret, 'none'];

  const isString = (value) => typeof value === 'string' || value instanceof String;
  const isBoolean = (value) => typeof value === 'boolean';
  const isPlain = (value) => Object.prototype.toString.call(value) === '[object Object]' && [null, Object.prototype].includes(Object.getPrototypeOf(value));
  const isSpan = (value) => Number.isInteger(value) || (isString(value) && value.length > 0);
  const optionRules = {
    expiresIn: [isSpan, 'should be a number of seconds or string representing a timespan'],
    notBefore: [isSpan, 'should be a number of seconds or string representing a timespan'],
    audience: [(value) => isString(value) || Array.isArray(value), 'must be a string or array'],
    algorithm: [(value) => known.includes(value), 'must be a valid string enum value'],
    header: [isPlain, 'must be an object'],
    encoding: [isString, 'must be a string'],
    issuer: [isString, 'must be a string'],
    subject: [isString, 'must be a string'],
    jwtid: [isString, 'must be a string'],
    noTimestamp: [isBoolean, 'must be a boolean'],
    keyid: [isString, 'must be a string'],
    mutatePayload: [isBoolean, 'must be a boolean'],
    allowInsecureKeySizes: [isBoolean, 'must be a boolean'],
    allowInvalidAsymmetricKeyTypes: [isBoolean, 'must be a boolean'],
  };
  const claimOf = { audience: 'aud', issuer: 'iss', subject: 'sub', jwtid: 'jti' };

  function checkOptions(options) {
    if (!isPlain(options)) throw new Error('Expected "options" to be a plain object.');
    for (const name of Object.keys(options)) {
      const rule = Object.hasOwn(optionRules, name) ? optionRules[name] : undefined;
      if (!rule) throw new Error(`"${name}" is not allowed in "options"`);
      if (!rule[0](options[name])) throw new Error(`"${name}" ${rule[1]}`);
    }
  }
  function checkPayload(payload) {
    if (!isPlain(payload)) throw new Error('Expected "payload" to be a plain object.');
    for (const name of ['iat', 'exp', 'nbf']) {
      if (Object.hasOwn(payload, name) && typeof payload[name] !== 'number') throw new Error(`"${name}" should be a number of seconds`);
    }
  }

  function checkKeyType(algorithm, key) {
    const type = key?.asymmetricKeyType;
    if (!algorithm || !type) return;
    const allowed = algorithmsForKey[type];
    if (!allowed) throw new Error(`Unknown key type "${type}".`);
    if (!allowed.includes(algorithm)) throw new Error(`"alg" parameter for "${type}" key type must be one of: ${allowed.join(', ')}.`);
    if (type === 'ec' && key.asymmetricKeyDetails.namedCurve !== curves[algorithm]) {
      throw new Error(`"alg" parameter "${algorithm}" requires curve "${curves[algorithm]}".`);
    }
  }

  function timeAfter(span, start) {
    if (typeof span === 'number') return start + span;
    const length = typeof span === 'string' ? ms(span) : undefined;
    return length === undefined ? undefined : Math.floor(start + length / 1000);
  }

  function keyObject(key, create, message, Type) {
    if (key === null || key === undefined || key instanceof KeyObject) return key;
    try {
      return create(key);
    } catch {
      try {
        return createSecretKey(typeof key === 'string' ? Buffer.from(key) : key);
      } catch {
        throw new Type(message);
      }
    }
  }

  function signed(payload, secret, options) {
    const isObject = typeof payload === 'object' && !Buffer.isBuffer(payload);
    const header = { alg: options.algorithm || 'HS256', typ: isObject ? 'JWT' : undefined, kid: options.keyid, ...options.header };
    if (!secret && options.algorithm !== 'none') throw new Error('secretOrPrivateKey must have a value');
    const key = keyObject(secret, createPrivateKey, 'secretOrPrivateKey is not valid key material', Error);
    if (header.alg.startsWith('HS') && key.type !== 'secret') throw new Error(`secretOrPrivateKey must be a symmetric key when using ${header.alg}`);
    if (/^(?:RS|PS|ES)/.test(header.alg)) {
      if (key.type !== 'private') throw new Error(`secretOrPrivateKey must be an asymmetric key when using ${header.alg}`);
      if (!options.allowInsecureKeySizes && !header.alg.startsWith('ES') && key.asymmetricKeyDetails?.modulusLength < 2048) {
        throw new Error(`secretOrPrivateKey has a minimum key size of 2048 bits for ${header.alg}`);
      }
    }

    if (payload === undefined) throw new Error('payload is required');
    let claims = payload;
    if (isObject) {
      checkPayload(payload);
      if (!options.mutatePayload) claims = { ...payload };
    } else {
      const wrong = ['expiresIn', 'notBefore', 'noTimestamp', 'audience', 'issuer', 'subject', 'jwtid'].filter((name) => options[name] !== undefined);
      if (wrong.length) throw new Error(`invalid ${wrong.join(',')} option for ${typeof payload} payload`);
    }
    if (claims.exp !== undefined && options.expiresIn !== undefined) throw new Error('Bad "options.expiresIn" option the payload already has an "exp" property.');
    if (claims.nbf !== undefined && options.notBefore !== undefined) throw new Error('Bad "options.notBefore" option the payload already has an "nbf" property.');
    checkOptions(options);
    if (!options.allowInvalidAsymmetricKeyTypes) checkKeyType(header.alg, key);

    const now = claims.iat || Math.floor(Date.now() / 1000);
    if (options.noTimestamp) delete claims.iat;
    else if (isObject) claims.iat = now;
    for (const [name, claim] of [['notBefore', 'nbf'], ['expiresIn', 'exp']]) {
      if (options[name] === undefined || typeof claims !== 'object') continue;
      claims[claim] = timeAfter(options[name], now);
      if (claims[claim] === undefined) throw new Error(`"${name}" should be a number of seconds or string representing a timespan eg: "1d", "20h", 60`);
    }
    for (const name of Object.keys(claimOf)) {
      if (options[name] === undefined) continue;
      const claim = claimOf[name];
      if (claims[claim] !== undefined) throw new Error(`Bad "options.${name}" option. The payload already has an "${claim}" property.`);
      claims[claim] = options[name];
    }
    return jws.sign({ header, payload: claims, secret: key, encoding: options.encoding || 'utf8' });
  }

  function sign(payload, secret, options, callback) {
    const call = typeof options === 'function' ? options : callback;
    const given = typeof options === 'function' ? {} : options || {};
    if (typeof call !== 'function') return signed(payload, secret, given);
    let token;
    try {
      token = signed(payload, secret, given);
    } catch (error) {
      return call(error);
    }
    process.nextTick(() => kit.guard(call, null, token));
    return undefined;
  }

  function decode(token, options) {
    const given = options || {};
    const decoded = jws.decode(token, given);
    if (!decoded) return null;
    let { payload } = decoded;
    if (typeof payload === 'string') {
      try {
        const parsed = JSON.parse(payload);
        if (parsed !== null && typeof parsed === 'object') payload = parsed;
      } catch {
        // A text it stays.
      }
    }
    return given.complete === true ? { header: decoded.header, payload, signature: decoded.signature } : payload;
  }

  function checkClaims(payload, options, now) {
    const tolerance = options.clockTolerance || 0;
    if (payload.nbf !== undefined && !options.ignoreNotBefore) {
      if (typeof payload.nbf !== 'number') throw new JsonWebTokenError('invalid nbf value');
      if (payload.nbf > now + tolerance) throw new NotBeforeError('jwt not active', new Date(payload.nbf * 1000));
    }
    if (payload.exp !== undefined && !options.ignoreExpiration) {
      if (typeof payload.exp !== 'number') throw new JsonWebTokenError('invalid exp value');
      if (now >= payload.exp + tolerance) throw new TokenExpiredError('jwt expired', new Date(payload.exp * 1000));
    }
    if (options.audience) {
      const wanted = [].concat(options.audience);
      const matches = [].concat(payload.aud).some((given) => wanted.some((each) => (each instanceof RegExp ? each.test(given) : each === given)));
      if (!matches) throw new JsonWebTokenError(`jwt audience invalid. expected: ${wanted.join(' or ')}`);
    }
    if (options.issuer && (Array.isArray(options.issuer) ? !options.issuer.includes(payload.iss) : typeof options.issuer === 'string' && payload.iss !== options.issuer)) {
      throw new JsonWebTokenError(`jwt issuer invalid. expected: ${options.issuer}`);
    }
    for (const [name, claim] of [['subject', 'sub'], ['jwtid', 'jti'], ['nonce', 'nonce']]) {
      if (options[name] && payload[claim] !== options[name]) throw new JsonWebTokenError(`jwt ${name} invalid. expected: ${options[name]}`);
    }
    if (options.maxAge) {
      if (typeof payload.iat !== 'number') throw new JsonWebTokenError('iat required when maxAge is specified');
      const latest = timeAfter(options.maxAge, payload.iat);
      if (latest === undefined) throw new JsonWebTokenError('"maxAge" should be a number of seconds or string representing a timespan eg: "1d", "20h", 60');
      if (now >= latest + tolerance) throw new TokenExpiredError('maxAge exceeded', new Date(latest * 1000));
    }
  }

  function verified(token, decoded, secret, options, now) {
    const isSigned = token.split('.')[2].trim() !== '';
    if (!isSigned && secret) throw new JsonWebTokenError('jwt signature is required');
    if (isSigned && !secret) throw new JsonWebTokenError('secret or public key must be provided');
    if (!isSigned && !options.algorithms) throw new JsonWebTokenError('please specify "none" in "algorithms" to verify unsigned tokens');
    const key = keyObject(secret, createPublicKey, 'secretOrPublicKey is not valid key material', JsonWebTokenError);
    const allowed = options.algorithms ?? algorithmsOf[key.type === 'secret' ? 'secret' : key.asymmetricKeyType] ?? algorithmsOf.rsa;
    const { alg } = decoded.header;
    if (allowed.indexOf(alg) === -1) throw new JsonWebTokenError('invalid algorithm');
    if (alg.startsWith('HS') && key.type !== 'secret') throw new JsonWebTokenError(`secretOrPublicKey must be a symmetric key when using ${alg}`);
    if (/^(?:RS|PS|ES)/.test(alg) && key.type !== 'public') throw new JsonWebTokenError(`secretOrPublicKey must be an asymmetric key when using ${alg}`);
    if (!options.allowInvalidAsymmetricKeyTypes) checkKeyType(alg, key);
    if (!jws.verify(token, alg, key)) throw new JsonWebTokenError('invalid signature');
    checkClaims(decoded.payload, options, now);
    return options.complete === true ? { header: decoded.header, payload: decoded.payload, signature: decoded.signature } : decoded.payload;
  }

  function begun(token, options) {
    if (options.clockTimestamp && typeof options.clockTimestamp !== 'number') throw new JsonWebTokenError('clockTimestamp must be a number');
    if (options.nonce !== undefined && (typeof options.nonce !== 'string' || options.nonce.trim() === '')) throw new JsonWebTokenError('nonce must be a non-empty string');
    if (options.allowInvalidAsymmetricKeyTypes !== undefined && !isBoolean(options.allowInvalidAsymmetricKeyTypes)) throw new JsonWebTokenError('allowInvalidAsymmetricKeyTypes must be a boolean');
    if (!token) throw new JsonWebTokenError('jwt must be provided');
    if (typeof token !== 'string') throw new JsonWebTokenError('jwt must be a string');
    if (token.split('.').length !== 3) throw new JsonWebTokenError('jwt malformed');
    const decoded = decode(token, { complete: true });
    if (!decoded) throw new JsonWebTokenError('invalid token');
    return decoded;
  }

  function verify(token, secret, options, callback) {
    const call = typeof options === 'function' && !callback ? options : callback;
    const given = typeof options === 'function' ? {} : { ...options };
    const done = (action) => {
      let value;
      try {
        value = action();
      } catch (error) {
        if (!call) throw error;
        return call(error);
      }
      return call ? call(null, value) : value;
    };
    let decoded;
    try {
      decoded = begun(token, given);
      if (typeof secret === 'function' && !call) throw new JsonWebTokenError('verify must be called asynchronous if secret or public key is provided as a callback');
    } catch (error) {
      return done(() => { throw error; });
    }
    const now = given.clockTimestamp || Math.floor(Date.now() / 1000);
    if (typeof secret !== 'function') return done(() => verified(token, decoded, secret, given, now));
    return secret(decoded.header, (error, key) => done(() => {
      if (error) throw new JsonWebTokenError(`error in secret or public key callback: ${error.message}`);
      return verified(token, decoded, key, given, now);
    }));
  }

  const jwt = { decode, verify, sign, JsonWebTokenError, NotBeforeError, TokenExpiredError };
  Object.defineProperty(jwt, 'default', { value: jwt });
  module.exports = jwt;
})
