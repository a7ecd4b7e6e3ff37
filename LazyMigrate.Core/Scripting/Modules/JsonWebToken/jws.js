// jws: https://github.com/auth0/node-jws, the compact form of RFC 7515.
(function (kit, module, require) {
  'use strict';
  const crypto = require('crypto');
  const ALGORITHMS = ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];
  const compact = /^[a-zA-Z0-9\-_]+?\.[a-zA-Z0-9\-_]+?\.([a-zA-Z0-9\-_]+)?$/;
  const encode = (value, encoding) => Buffer.from(value, encoding).toString('base64url');
  const textOf = (value) => (typeof value === 'string' ? value : typeof value === 'number' || Buffer.isBuffer(value) ? value.toString() : JSON.stringify(value));

  function keyOptions(algorithm, key) {
    const given = typeof key === 'object' && !ArrayBuffer.isView(key) && !(key instanceof crypto.KeyObject) ? key : { key };
    if (algorithm.startsWith('PS')) return { ...given, padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: crypto.constants.RSA_PSS_SALTLEN_DIGEST };
    return algorithm.startsWith('ES') ? { ...given, dsaEncoding: 'ieee-p1363' } : given;
  }
  function check(algorithm) {
    if (algorithm !== 'none' && !ALGORITHMS.includes(algorithm)) {
      throw new TypeError(`"${algorithm}" is not a valid algorithm.\n  Supported algorithms are:\n  "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512" and "none".`);
    }
  }

  function signatureOf(algorithm, input, key) {
    check(algorithm);
    if (algorithm === 'none') return '';
    const digest = `sha${algorithm.slice(2)}`;
    if (algorithm.startsWith('HS')) return crypto.createHmac(digest, key).update(input).digest('base64url');
    return crypto.sign(digest, Buffer.from(input), keyOptions(algorithm, key)).toString('base64url');
  }

  function sign({ header, payload, secret, privateKey, encoding }) {
    const input = `${encode(textOf(header), 'binary')}.${encode(textOf(payload), encoding ?? 'utf8')}`;
    return `${input}.${signatureOf(header.alg, input, secret ?? privateKey)}`;
  }

  function verify(token, algorithm, key) {
    if (!algorithm) throw Object.assign(new Error('Missing algorithm parameter for jws.verify'), { code: 'MISSING_ALGORITHM' });
    const text = textOf(token);
    check(algorithm);
    const at = text.lastIndexOf('.');
    const [input, signature] = [text.slice(0, at), text.slice(at + 1)];
    if (algorithm === 'none') return signature === '';
    if (algorithm.startsWith('HS')) {
      const [expected, actual] = [Buffer.from(signatureOf(algorithm, input, key)), Buffer.from(signature)];
      return expected.length === actual.length && crypto.timingSafeEqual(expected, actual);
    }
    return crypto.verify(`sha${algorithm.slice(2)}`, Buffer.from(input), keyOptions(algorithm, key), Buffer.from(signature, 'base64url'));
  }

  function headerOf(text) {
    try {
      const header = JSON.parse(Buffer.from(text.split('.', 1)[0], 'base64').toString('binary'));
      return typeof header === 'object' ? header : undefined;
    } catch {
      return undefined;
    }
  }
  const isValid = (text) => compact.test(text) && Boolean(headerOf(text));

  function decode(token, options = {}) {
    const text = textOf(token);
    if (!isValid(text)) return null;
    const header = headerOf(text);
    let payload = Buffer.from(text.split('.')[1], 'base64').toString(options.encoding ?? 'utf8');
    if (header.typ === 'JWT' || options.json) payload = JSON.parse(payload, options.encoding);
    return { header, payload, signature: text.split('.')[2] };
  }

  module.exports = { ALGORITHMS, sign, verify, decode, isValid };
})
