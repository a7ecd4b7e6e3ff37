// Deep equality as Node's assert defines it, strict and loose: https://nodejs.org/api/assert.html#comparison-details
(function (kit, module) {
  'use strict';
  const tag = (value) => Object.prototype.toString.call(value);
  const boxed = [Number, String, Boolean, BigInt, Symbol];
  const ownKeys = (value) => [...Object.keys(value), ...Object.getOwnPropertySymbols(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key))];

  function isDeepEqual(a, b, strict, seen = []) {
    if (a === b) return a !== 0 || !strict || Object.is(a, b);
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
      if (strict) return Object.is(a, b);
      return (typeof a !== 'object' || a === null) && (typeof b !== 'object' || b === null) && (a == b || (a !== a && b !== b));
    }
    if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
    if (tag(a) !== tag(b) || Array.isArray(a) !== Array.isArray(b)) return false;
    if (a instanceof Date && !(b instanceof Date && Object.is(a.getTime(), b.getTime()))) return false;
    if (a instanceof RegExp && !(b instanceof RegExp && String(a) === String(b) && a.lastIndex === b.lastIndex)) return false;
    if (Error.isError(a) && (a.message !== b.message || a.name !== b.name)) return false;
    for (const type of boxed) {
      if (a instanceof type && !(b instanceof type && Object.is(type.prototype.valueOf.call(a), type.prototype.valueOf.call(b)))) return false;
    }
    if (ArrayBuffer.isView(a) && (a.byteLength !== b.byteLength || !Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength)))) return false;
    const keys = ownKeys(a);
    if (keys.length !== ownKeys(b).length || !keys.every((key) => Object.prototype.propertyIsEnumerable.call(b, key))) return false;
    if (Array.isArray(a) && a.length !== b.length) return false;
    if (seen.some(([x, y]) => x === a && y === b)) return true;
    const now = [...seen, [a, b]];
    const same = (x, y) => isDeepEqual(x, y, strict, now);
    if (a instanceof Set && (a.size !== b.size || ![...a].every((item) => b.has(item) || [...b].some((other) => same(item, other))))) return false;
    if (a instanceof Map && (a.size !== b.size || ![...a].every(([key, value]) => (b.has(key) ? same(value, b.get(key)) : [...b].some(([other, item]) => same(key, other) && same(value, item)))))) return false;
    return keys.every((key) => same(a[key], b[key]));
  }

  module.exports = { isDeepEqual };
})
