// Node's util: https://nodejs.org/api/util.html
(function (kit, module, require) {
  'use strict';
  const { coded, invalidType, checkFunction } = require('internal/errors');
  const { isDeepEqual } = require('internal/equality');
  const custom = Symbol.for('nodejs.util.promisify.custom');
  const tag = (value) => Object.prototype.toString.call(value).slice(8, -1);

  function promisify(original) {
    checkFunction(original, 'original');
    if (original[custom]) {
      const made = original[custom];
      if (typeof made !== 'function') throw invalidType('util.promisify.custom', 'of type function', made);
      return Object.defineProperty(made, custom, { value: made, enumerable: false, writable: false, configurable: true });
    }
    function promisified(...args) {
      return new Promise((resolve, reject) => {
        Reflect.apply(original, this, [...args, (error, ...values) => (error ? reject(error) : resolve(values[0]))]);
      });
    }
    Object.setPrototypeOf(promisified, Object.getPrototypeOf(original));
    Object.defineProperty(promisified, custom, { value: promisified, enumerable: false, writable: false, configurable: true });
    return Object.defineProperties(promisified, Object.getOwnPropertyDescriptors(original));
  }
  promisify.custom = custom;

  function callbackify(original) {
    checkFunction(original, 'original');
    function callbackified(...args) {
      const callback = args.pop();
      checkFunction(callback, 'last argument');
      Reflect.apply(original, this, args).then(
        (value) => process.nextTick(() => kit.guard(callback.bind(this), null, value)),
        (reason) => process.nextTick(() => kit.guard(
          callback.bind(this),
          reason || coded(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value', { reason }))));
    }
    return Object.defineProperty(callbackified, 'name', { value: `${original.name}Callbackified` });
  }

  function inherits(constructor, parent) {
    if (constructor === undefined || constructor === null) throw invalidType('ctor', 'of type function', constructor);
    if (parent === undefined || parent === null) throw invalidType('superCtor', 'of type function', parent);
    if (parent.prototype === undefined) throw invalidType('superCtor.prototype', 'of type object', parent.prototype);
    Object.defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true });
    Object.setPrototypeOf(constructor.prototype, parent.prototype);
  }

  const types = {
    isAnyArrayBuffer: (value) => value instanceof ArrayBuffer,
    isArrayBuffer: (value) => value instanceof ArrayBuffer,
    isArrayBufferView: ArrayBuffer.isView,
    isArgumentsObject: (value) => tag(value) === 'Arguments',
    isAsyncFunction: (value) => typeof value === 'function' && tag(value) === 'AsyncFunction',
    isBoxedPrimitive: (value) => typeof value === 'object' && value !== null && [Number, String, Boolean, Symbol, BigInt].some((type) => value instanceof type),
    isDataView: (value) => value instanceof DataView,
    isDate: (value) => value instanceof Date,
    isGeneratorFunction: (value) => typeof value === 'function' && tag(value).endsWith('GeneratorFunction'),
    isGeneratorObject: (value) => tag(value) === 'Generator',
    isMap: (value) => value instanceof Map,
    isMapIterator: (value) => tag(value) === 'Map Iterator',
    isNativeError: (value) => Error.isError(value),
    isNumberObject: (value) => value instanceof Number,
    isPromise: (value) => value instanceof Promise,
    isProxy: () => false,
    isRegExp: (value) => value instanceof RegExp,
    isSet: (value) => value instanceof Set,
    isSetIterator: (value) => tag(value) === 'Set Iterator',
    isStringObject: (value) => value instanceof String,
    isSymbolObject: (value) => typeof value === 'object' && value instanceof Symbol,
    isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
    isUint8Array: (value) => value instanceof Uint8Array,
    isWeakMap: (value) => value instanceof WeakMap,
    isWeakSet: (value) => value instanceof WeakSet,
  };

  function deprecate(original, message) {
    let warned = false;
    function deprecated(...args) {
      if (!warned) console.debug(`DeprecationWarning: ${message}`);
      warned = true;
      return new.target ? Reflect.construct(original, args, new.target) : Reflect.apply(original, this, args);
    }
    Object.setPrototypeOf(deprecated, original);
    if (original.prototype) deprecated.prototype = original.prototype;
    return deprecated;
  }

  const inspect = Object.assign((value, options, ...rest) => {
    // util.inspect(value, showHidden, depth)
    const given = typeof options === 'boolean' ? { depth: rest[0] } : options;
    return kit.inspect(value, { depth: 2, ...given });
  }, { custom: Symbol.for('nodejs.util.inspect.custom'), defaultOptions: { depth: 2, breakLength: 80, compact: 3, colors: false }, colors: {}, styles: {} });

  const debuglog = () => Object.assign(() => {}, { enabled: false });
  module.exports = {
    promisify,
    callbackify,
    inherits,
    deprecate,
    inspect,
    types,
    debuglog,
    debug: debuglog,
    format: kit.format,
    formatWithOptions: (options, ...args) => kit.format(...args),
    isDeepStrictEqual: (a, b) => isDeepEqual(a, b, true),
    stripVTControlCharacters: (text) => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, ''),
    toUSVString: (text) => String(text).toWellFormed(),
    log: (...args) => console.log(...args),
    TextEncoder,
    TextDecoder,
    isArray: Array.isArray,
    isBoolean: (value) => typeof value === 'boolean',
    isBuffer: (value) => Buffer.isBuffer(value),
    isDate: types.isDate,
    isError: (value) => types.isNativeError(value) || value instanceof Error,
    isFunction: (value) => typeof value === 'function',
    isNull: (value) => value === null,
    isNullOrUndefined: (value) => value === null || value === undefined,
    isNumber: (value) => typeof value === 'number',
    isObject: (value) => value !== null && typeof value === 'object',
    isPrimitive: (value) => value === null || (typeof value !== 'object' && typeof value !== 'function'),
    isRegExp: types.isRegExp,
    isString: (value) => typeof value === 'string',
    isSymbol: (value) => typeof value === 'symbol',
    isUndefined: (value) => value === undefined,
    _extend: (target, source) => (source !== null && typeof source === 'object' ? Object.assign(target, source) : target),
  };
})
