// lodash: the manual's chapter Lang.
(function (kit, require, parts) {
  'use strict';
  const { isLike, toTag, Wrapper, isArrayLike, isFunction, isArguments, keys, baseClone, eq, toNumber, isArrayLikeObject, isEqual, baseIsEqual, isPlainObject } = parts;
  const { toInteger, isLength, baseIsMatch, isNumber, isObject, isString, isSymbol, toArray, toFinite, toPath, keysIn, toText } = parts;

  const is = (tag) => (value) => isLike(value) && toTag(value) === `[object ${tag}]`;
  function isEmpty(value) {
    if (value === null || value === undefined) return true;
    if (value instanceof Wrapper) return false;
    if (isArrayLike(value) && (Array.isArray(value) || typeof value === 'string' || isFunction(value.splice) || ArrayBuffer.isView(value) || isArguments(value))) return !value.length;
    if (value instanceof Map || value instanceof Set) return !value.size;
    return keys(value).length === 0;
  }

  const langFunctions = {
    castArray: (...args) => (args.length ? (Array.isArray(args[0]) ? args[0] : [args[0]]) : []),
    clone: (value) => baseClone(value, false), cloneDeep: (value) => baseClone(value, true), cloneWith: (value, customizer) => baseClone(value, false, customizer), cloneDeepWith: (value, customizer) => baseClone(value, true, customizer),
    conformsTo: (object, source) => source === null || source === undefined || keys(source).every((key) => key in Object(object) && source[key](object[key])),
    eq, gt: (a, b) => (typeof a === 'string' && typeof b === 'string' ? a > b : toNumber(a) > toNumber(b)), gte: (a, b) => (typeof a === 'string' && typeof b === 'string' ? a >= b : toNumber(a) >= toNumber(b)), lt: (a, b) => (typeof a === 'string' && typeof b === 'string' ? a < b : toNumber(a) < toNumber(b)), lte: (a, b) => (typeof a === 'string' && typeof b === 'string' ? a <= b : toNumber(a) <= toNumber(b)),
    isArguments, isArray: Array.isArray, isArrayBuffer: is('ArrayBuffer'), isArrayLike, isArrayLikeObject,
    isBoolean: (value) => value === true || value === false || is('Boolean')(value), isBuffer: (value) => Buffer.isBuffer(value), isDate: is('Date'), isElement: () => false,
    isEmpty, isEqual,
    isEqualWith: (a, b, customizer) => { const told = isFunction(customizer) ? customizer(a, b) : undefined; return told === undefined ? baseIsEqual(a, b, customizer) : Boolean(told); },
    isError: (value) => isLike(value) && (toTag(value) === '[object Error]' || toTag(value) === '[object DOMException]' || (typeof value.message === 'string' && typeof value.name === 'string' && !isPlainObject(value))),
    isFinite: (value) => typeof value === 'number' && Number.isFinite(value), isFunction, isInteger: (value) => typeof value === 'number' && value === toInteger(value), isLength,
    isMap: is('Map'), isMatch: (object, source) => object === source || baseIsMatch(object, source), isMatchWith: (object, source, customizer) => baseIsMatch(object, source, customizer),
    isNaN: (value) => isNumber(value) && value != Number(value), isNative: (value) => isFunction(value) && /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(value)), isNil: (value) => value === null || value === undefined, isNull: (value) => value === null, isNumber,
    isObject, isObjectLike: isLike, isPlainObject, isRegExp: is('RegExp'), isSafeInteger: (value) => Number.isSafeInteger(value), isSet: is('Set'), isString, isSymbol, isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
    isUndefined: (value) => value === undefined, isWeakMap: is('WeakMap'), isWeakSet: is('WeakSet'),
    toArray, toFinite, toInteger, toLength: (value) => Math.min(Math.max(toInteger(value), 0), 4294967295), toNumber, toPath,
    toPlainObject: (value) => Object.fromEntries(keysIn(value).map((key) => [key, value[key]])), toSafeInteger: (value) => Math.min(Math.max(toInteger(value), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER), toString: toText,
  };

  return { langFunctions };
})
