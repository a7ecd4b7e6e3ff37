// uuid: https://github.com/uuidjs/uuid, RFC 9562.
(function (kit, module, require) {
  'use strict';
  const crypto = require('crypto');
  const NIL = '00000000-0000-0000-0000-000000000000';
  const MAX = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  const pattern = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/i;

  const validate = (value) => typeof value === 'string' && pattern.test(value);
  function version(value) {
    if (!validate(value)) throw TypeError('Invalid UUID');
    return Number.parseInt(value.slice(14, 15), 16);
  }
  function parse(value) {
    if (!validate(value)) throw TypeError('Invalid UUID');
    return Uint8Array.from(Buffer.from(value.replace(/-/g, ''), 'hex'));
  }
  const text = (bytes, offset = 0) => Buffer.from(bytes.slice(offset, offset + 16)).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  function stringify(bytes, offset = 0) {
    const value = text(bytes, offset);
    if (!validate(value)) throw TypeError('Stringified UUID is invalid');
    return value;
  }

  function finish(bytes, number, buffer, offset = 0) {
    bytes[6] = (bytes[6] & 0x0f) | (number << 4);
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    if (!buffer) return text(bytes);
    for (let i = 0; i < 16; i++) buffer[offset + i] = bytes[i];
    return buffer;
  }
  const randomOf = (options, count = 16) => Uint8Array.from(options?.random ?? options?.rng?.() ?? crypto.randomBytes(count));

  function v4(options, buffer, offset) { return finish(randomOf(options), 4, buffer, offset); }

  let lastTime = 0;
  let lastTicks = 0;
  let ownNode;
  let ownSequence;
  /** The 60 bits of time, clock sequence and node of versions 1 and 6. */
  function timed(options) {
    const random = randomOf(options);
    ownNode ??= [random[0] | 1, ...random.slice(1, 6)];
    ownSequence ??= ((random[6] << 8) | random[7]) & 0x3fff;
    const now = options?.msecs ?? Date.now();
    const ticks = options?.nsecs ?? (now === lastTime ? lastTicks + 1 : 0);
    if (ticks >= 10000) throw new Error("uuid.v1(): Can't create more than 10M uuids/sec");
    [lastTime, lastTicks] = [now, ticks];
    return { time: (BigInt(now) + 12219292800000n) * 10000n + BigInt(ticks), sequence: options?.clockseq ?? ownSequence, node: options?.node ?? ownNode };
  }
  function laidOut(order, { sequence, node }) {
    const bytes = new Uint8Array(16);
    bytes.set(Buffer.from(order, 'hex'));
    bytes[8] = sequence >>> 8;
    bytes[9] = sequence & 0xff;
    bytes.set(node, 10);
    return bytes;
  }
  function v1(options, buffer, offset) {
    const parts = timed(options);
    const hex = parts.time.toString(16).padStart(16, '0');
    return finish(laidOut(hex.slice(8) + hex.slice(4, 8) + hex.slice(0, 4), parts), 1, buffer, offset);
  }
  function v6(options, buffer, offset) {
    const parts = timed(options);
    const hex = parts.time.toString(16).padStart(15, '0');
    return finish(laidOut(`${hex.slice(0, 12)}0${hex.slice(12)}`, parts), 6, buffer, offset);
  }

  let sequence7 = -1;
  let time7 = 0;
  function v7(options, buffer, offset) {
    const bytes = randomOf(options);
    const now = options?.msecs ?? Date.now();
    if (options?.msecs === undefined && options?.seq === undefined) {
      sequence7 = now === time7 ? sequence7 + 1 : ((bytes[6] & 0x7f) << 24) | (bytes[7] << 16) | (bytes[8] << 8) | bytes[9];
      time7 = now;
    }
    const sequence = options?.seq ?? (sequence7 < 0 ? ((bytes[6] & 0x7f) << 24) | (bytes[7] << 16) | (bytes[8] << 8) | bytes[9] : sequence7);
    bytes.set(Buffer.from(now.toString(16).padStart(12, '0'), 'hex'));
    bytes[6] = (sequence >>> 28) & 0x0f;
    bytes[7] = (sequence >>> 20) & 0xff;
    bytes[8] = (sequence >>> 14) & 0x3f;
    bytes[9] = (sequence >>> 6) & 0xff;
    bytes[10] = ((sequence << 2) & 0xff) | (bytes[10] & 3);
    return finish(bytes, 7, buffer, offset);
  }

  function named(number, algorithm) {
    function generate(name, namespace, buffer, offset) {
      const value = typeof name === 'string' ? Buffer.from(unescape(encodeURIComponent(name)), 'latin1') : Buffer.from(name);
      const space = typeof namespace === 'string' ? parse(namespace) : namespace;
      if (space?.length !== 16) throw TypeError('Namespace must be array-like (16 iterable integer values, 0-255)');
      return finish(crypto.createHash(algorithm).update(Buffer.concat([Buffer.from(space), value])).digest().subarray(0, 16), number, buffer, offset);
    }
    return Object.assign(generate, { DNS: '6ba7b810-9dad-11d1-80b4-00c04fd430c8', URL: '6ba7b811-9dad-11d1-80b4-00c04fd430c8' });
  }
  const v3 = named(3, 'md5');
  const v5 = named(5, 'sha1');

  const uuid = { v1, v3, v4, v5, v6, v7, NIL, MAX, version, validate, stringify, parse };
  // Version 3 of the package was v4 itself.
  module.exports = Object.assign((...args) => v4(...args), uuid);
  Object.defineProperty(module.exports, 'default', { value: module.exports });
})
