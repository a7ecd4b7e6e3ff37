// Node's util, as far as scripts use it: https://nodejs.org/api/util.html
(function (kit, module) {
  'use strict';
  const custom = Symbol.for('nodejs.util.promisify.custom');

  function promisify(original) {
    if (typeof original !== 'function') throw Object.assign(new TypeError('The "original" argument must be of type function.'), { code: 'ERR_INVALID_ARG_TYPE' });
    if (typeof original[custom] === 'function') return original[custom];
    return function promisified(...args) {
      return new Promise((resolve, reject) => {
        original.call(this, ...args, (error, value) => (error ? reject(error) : resolve(value)));
      });
    };
  }
  promisify.custom = custom;

  function callbackify(original) {
    return function callbackified(...args) {
      const callback = args.pop();
      kit.answer(Promise.resolve(original.apply(this, args)), callback);
    };
  }

  function inherits(constructor, parent) {
    Object.defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true });
    Object.setPrototypeOf(constructor.prototype, parent.prototype);
  }

  function isDeepStrictEqual(a, b) {
    if (Object.is(a, b)) return true;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
    if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
    if (a instanceof Date) return a.getTime() === b.getTime();
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isDeepStrictEqual(a[key], b[key]));
  }

  module.exports = {
    promisify,
    callbackify,
    inherits,
    isDeepStrictEqual,
    inspect: kit.inspect,
    format: kit.format,
    deprecate: (original) => original,
    debuglog: () => () => {},
    isArray: Array.isArray,
    types: {
      isDate: (value) => value instanceof Date,
      isPromise: (value) => value instanceof Promise,
      isRegExp: (value) => value instanceof RegExp,
    },
    TextEncoder,
    TextDecoder,
  };
})
