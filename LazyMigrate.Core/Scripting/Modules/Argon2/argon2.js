// argon2: https://github.com/ranisalt/node-argon2. The host part is Argon2Session.cs.
(function (kit, module, require) {
  'use strict';
  const { randomBytes, timingSafeEqual } = require('crypto');
  const { AssertionError } = require('assert');
  const types = Object.freeze({ argon2d: 0, argon2i: 1, argon2id: 2 });
  const defaults = Object.freeze({ hashLength: 32, timeCost: 3, memoryCost: 1 << 16, parallelism: 4, type: types.argon2id, version: 0x13 });
  const limits = Object.freeze({
    hashLength: { min: 4, max: 2 ** 32 - 1 },
    memoryCost: { min: 1 << 10, max: 2 ** 32 - 1 },
    timeCost: { min: 2, max: 2 ** 32 - 1 },
    parallelism: { min: 1, max: 2 ** 24 - 1 },
  });
  const none = Buffer.alloc(0);
  const bytesOf = (value) => kit.toBase64(Buffer.from(value));
  const unpadded = (bytes) => bytes.toString('base64').replace(/=+$/, '');

  const compute = ({ password, salt, secret, data, ...costs }) => kit
    .call('hash', { ...costs, password: bytesOf(password), salt: bytesOf(salt), secret: bytesOf(secret), data: bytesOf(data) })
    .then(kit.fromBase64);

  async function hash(password, options) {
    const { raw, salt: given, secret = none, associatedData = none, ...costs } = { ...defaults, ...options };
    for (const name of Object.keys(limits)) {
      const { min, max } = limits[name];
      if (!(min <= costs[name] && costs[name] <= max)) {
        throw new AssertionError({ message: `Invalid ${name}, must be between ${min} and ${max}.`, actual: false, expected: true, operator: '==' });
      }
    }
    const salt = given ?? randomBytes(16);
    const { hashLength, timeCost, memoryCost, parallelism, type, version } = costs;
    const bytes = await compute({ password, salt, secret, data: associatedData, hashLength, timeCost, memoryCost, parallelism, type, version });
    if (raw) return bytes;
    const data = associatedData.byteLength > 0 ? `,data=${unpadded(Buffer.from(associatedData))}` : '';
    const name = Object.keys(types).find((each) => types[each] === type);
    return `$${name}$v=${version}$m=${memoryCost},t=${timeCost},p=${parallelism}${data}$${unpadded(Buffer.from(salt))}$${unpadded(bytes)}`;
  }

  /** The PHC string format: https://github.com/P-H-C/phc-string-format */
  function read(text) {
    if (typeof text !== 'string' || text === '') throw new TypeError('pchstr must be a non-empty string');
    if (!text.startsWith('$')) throw new TypeError('pchstr must contain a $ as first char');
    const [id, ...fields] = text.slice(1).split('$');
    const version = /^v=\d+$/.test(fields[0] ?? '') ? Number(fields.shift().slice(2)) : undefined;
    const params = {};
    if (fields[0]?.includes('=')) {
      for (const pair of fields.shift().split(',')) {
        const at = pair.indexOf('=');
        params[pair.slice(0, at)] = pair.slice(at + 1);
      }
    }
    const [salt, digest] = fields.map((field) => Buffer.from(field, 'base64'));
    return { id, version, params, salt, hash: digest };
  }

  async function verify(digest, password, options = {}) {
    const { id, version = 0x10, params: { m, t, p, data = '' }, salt, hash: expected } = read(digest);
    if (!(id in types)) return false;
    const actual = await compute({
      password,
      salt,
      secret: options.secret ?? none,
      data: Buffer.from(data, 'base64'),
      hashLength: expected.byteLength,
      memoryCost: Number(m),
      timeCost: Number(t),
      parallelism: Number(p),
      version,
      type: types[id],
    });
    return timingSafeEqual(actual, expected);
  }

  function needsRehash(digest, options = {}) {
    const { memoryCost, timeCost, version } = { ...defaults, ...options };
    const { version: v, params: { m, t } } = read(digest);
    return Number(v) !== Number(version) || Number(m) !== Number(memoryCost) || Number(t) !== Number(timeCost);
  }

  const argon2 = { ...types, limits, hash, verify, needsRehash };
  Object.defineProperty(argon2, 'default', { value: argon2 });
  module.exports = argon2;
})
