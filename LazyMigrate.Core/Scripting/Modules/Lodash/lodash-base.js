// lodash: values and numbers, paths, keys, lists and the value of a chain.
(function (kit, require, parts) {
  'use strict';
  const { hasOwn, keys: ownKeys, getPrototypeOf } = Object;
  const toTag = (value) => Object.prototype.toString.call(value);
  const isObject = (value) => value !== null && (typeof value === 'object' || typeof value === 'function');
  const isLike = (value) => value !== null && typeof value === 'object';
  const isFunction = (value) => typeof value === 'function';
  const isLength = (value) => typeof value === 'number' && value > -1 && value % 1 === 0 && value <= Number.MAX_SAFE_INTEGER;
  const isArrayLike = (value) => value !== null && value !== undefined && !isFunction(value) && isLength(value.length);
  const isArguments = (value) => toTag(value) === '[object Arguments]';
  const isString = (value) => typeof value === 'string' || (!Array.isArray(value) && isLike(value) && toTag(value) === '[object String]');
  const isNumber = (value) => typeof value === 'number' || (isLike(value) && toTag(value) === '[object Number]');
  const isSymbol = (value) => typeof value === 'symbol' || (isLike(value) && toTag(value) === '[object Symbol]');
  const isPlainObject = (value) => {
    if (!isLike(value) || toTag(value) !== '[object Object]') return false;
    const prototype = getPrototypeOf(value);
    return prototype === null || (hasOwn(prototype, 'constructor') && isFunction(prototype.constructor) && Function.prototype.toString.call(prototype.constructor) === Function.prototype.toString.call(Object));
  };
  const eq = (a, b) => a === b || (a !== a && b !== b);
  const identity = (value) => value;
  const toText = (value) => {
    if (value === null || value === undefined) return '';
    if (typeof value === 'string') return value;
    if (Array.isArray(value)) return `${value.map((each) => (each === null || each === undefined ? each : toText(each)))}`;
    return isSymbol(value) ? Symbol.prototype.toString.call(value) : Object.is(value, -0) ? '-0' : `${value}`;
  };
  const toNumber = (value) => {
    if (typeof value === 'number') return value;
    if (isSymbol(value)) return NaN;
    const plain = isObject(value) ? value.valueOf() : value;
    return Number(isObject(plain) ? `${plain}` : plain);
  };
  const toFinite = (value) => {
    if (!value) return value === 0 ? value : 0;
    const number = toNumber(value);
    return number === Infinity || number === -Infinity ? Math.sign(number) * Number.MAX_VALUE : number === number ? number : 0;
  };
  const toInteger = (value) => Math.trunc(toFinite(value)) || 0;

  // Paths
  const pathPattern = /[^.[\]]+|\[(?:(-?\d+(?:\.\d+)?)|(["'])((?:(?!\2)[^\\]|\\.)*?)\2)\]|(?=(?:\.|\[\])(?:\.|\[\]|$))/g;
  function stringToPath(text) {
    const path = text.charCodeAt(0) === 46 ? [''] : [];
    text.replace(pathPattern, (match, number, quote, sub) => { path.push(quote ? sub.replace(/\\(\\)?/g, '$1') : number || match); });
    return path;
  }
  const toKey = (value) => (typeof value === 'string' || isSymbol(value) ? value : Object.is(value, -0) ? '-0' : `${value}`);
  function isKey(value, object) {
    if (Array.isArray(value)) return false;
    if (['number', 'symbol', 'boolean'].includes(typeof value) || value === null || value === undefined || isSymbol(value)) return true;
    return /^\w*$/.test(value) || !/\.|\[(?:[^[\]]*|(["'])(?:(?!\1)[^\\]|\\.)*?\1)\]/.test(value) || (object !== null && object !== undefined && value in Object(object));
  }
  const castPath = (value, object) => (Array.isArray(value) ? value : isKey(value, object) ? [value] : stringToPath(toText(value)));
  const toPath = (value) => (Array.isArray(value) ? value.map(toKey) : isSymbol(value) ? [value] : stringToPath(toText(value)));
  function baseGet(object, path) {
    const steps = castPath(path, object);
    let at = 0;
    let value = object;
    while (value !== null && value !== undefined && at < steps.length) value = value[toKey(steps[at++])];
    return at && at === steps.length ? value : undefined;
  }
  const get = (object, path, fallback) => {
    const value = object === null || object === undefined ? undefined : baseGet(object, path);
    return value === undefined ? fallback : value;
  };
  const isIndex = (value, length = Number.MAX_SAFE_INTEGER) => (typeof value === 'number' || /^(?:0|[1-9]\d*)$/.test(value)) && Number(value) >= 0 && Number(value) % 1 === 0 && Number(value) < length;
  const isUnsafeKey = (key) => key === '__proto__' || key === 'constructor' || key === 'prototype';
  function assignValue(object, key, value) {
    if (key === '__proto__') Object.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true });
    else if (!(hasOwn(object, key) && eq(object[key], value)) || (value === undefined && !(key in object))) object[key] = value;
  }
  function baseSet(object, path, value, customizer) {
    if (!isObject(object)) return object;
    const steps = castPath(path, object);
    let nested = object;
    for (let i = 0; i < steps.length && nested !== null && nested !== undefined; i++) {
      const key = toKey(steps[i]);
      if (isUnsafeKey(key)) return object;
      let next = value;
      if (i !== steps.length - 1) {
        const old = nested[key];
        next = customizer ? customizer(old, key, nested) : undefined;
        if (next === undefined) next = isObject(old) ? old : isIndex(steps[i + 1]) ? [] : {};
      }
      assignValue(nested, key, next);
      nested = nested[key];
    }
    return object;
  }
  function hasPath(object, path, test) {
    const steps = castPath(path, object);
    let nested = object;
    for (let i = 0; i < steps.length; i++) {
      const key = toKey(steps[i]);
      if (nested === null || nested === undefined || !test(nested, key)) {
        const { length } = nested ?? {};
        return i === steps.length - 1 && Boolean(nested) && isLength(length) && isIndex(key, length) && (Array.isArray(nested) || isArguments(nested));
      }
      nested = nested[key];
    }
    return steps.length > 0;
  }

  // Keys
  const isPrototype = (value) => value === (isFunction(value?.constructor) ? value.constructor.prototype : Object.prototype);
  const indexKeys = (value) => Array.from({ length: value.length }, (_, i) => String(i));
  function keys(object) {
    if (object === null || object === undefined) return [];
    if (isArrayLike(object) && (Array.isArray(object) || isString(object) || isArguments(object) || ArrayBuffer.isView(object))) {
      return [...indexKeys(object), ...ownKeys(Object(object)).filter((key) => !isIndex(key, object.length))];
    }
    const own = ownKeys(Object(object));
    return isPrototype(object) ? own.filter((key) => key !== 'constructor') : own;
  }
  function keysIn(object) {
    if (object === null || object === undefined) return [];
    const all = Array.isArray(object) ? indexKeys(object) : [];
    for (const key in Object(object)) if (!(Array.isArray(object) && isIndex(key, object.length)) && !(key === 'constructor' && (isPrototype(object) || !hasOwn(object, key)))) all.push(key);
    return all;
  }
  const symbolsOf = (object) => Object.getOwnPropertySymbols(object).filter((key) => Object.prototype.propertyIsEnumerable.call(object, key));
  const valuesOf = (collection) => (isArrayLike(collection) ? Array.from(collection) : keys(collection).map((key) => collection[key]));
  const listOf = (value) => (isArrayLike(value) ? Array.from(value) : []);
  const isArrayLikeObject = (value) => isLike(value) && isArrayLike(value);

  // Lists
  const flattened = (array, depth, made = []) => {
    for (const item of listOf(array)) {
      if (depth > 0 && (Array.isArray(item) || isArguments(item))) flattened(item, depth - 1, made);
      else made.push(item);
    }
    return made;
  };
  const lastFunction = (args) => (isFunction(args.at(-1)) ? args.pop() : undefined);
  const indexFrom = (length, from) => (from < 0 ? Math.max(length + from, 0) : from);
  const counted = (n, guard) => (guard || n === undefined ? 1 : toInteger(n));
  function toArray(value) {
    if (!value) return [];
    if (isArrayLike(value)) return isString(value) ? Array.from(String(value)) : Array.from(value);
    return isFunction(value[Symbol.iterator]) ? [...value] : keys(value).map((key) => value[key]);
  }
  const invokePath = (object, path, args) => {
    const steps = castPath(path, object);
    const parent = steps.length < 2 ? object : baseGet(object, steps.slice(0, -1));
    const method = parent?.[toKey(steps.at(-1))];
    return method === null || method === undefined ? undefined : Reflect.apply(method, parent, args);
  };

  class Wrapper {
    constructor(value, chained) {
      Object.defineProperties(this, { __wrapped__: { value, writable: true }, __chain__: { value: chained, writable: true } });
    }
    value() { return this.__wrapped__; }
    valueOf() { return this.__wrapped__; }
    toJSON() { return this.__wrapped__; }
    commit() { return this; }
    chain() { return new Wrapper(this.__wrapped__, true); }
    plant(value) { return new Wrapper(value, this.__chain__); }
    [Symbol.iterator]() { return toArray(this.__wrapped__)[Symbol.iterator](); }
    toString() { return toText(this.__wrapped__); }
  }

  return {
    toTag, isObject, isLike, isFunction, isLength, isArrayLike, isArguments, isString, isNumber, isSymbol, isPlainObject, eq, identity, toText, toNumber,
    toFinite, toInteger, toKey, isKey, castPath, toPath, baseGet, get, isIndex, isUnsafeKey, assignValue, baseSet, hasPath, isPrototype, keys, keysIn,
    symbolsOf, valuesOf, listOf, isArrayLikeObject, flattened, lastFunction, indexFrom, counted, toArray, invokePath, Wrapper, hasOwn, getPrototypeOf,
  };
})
