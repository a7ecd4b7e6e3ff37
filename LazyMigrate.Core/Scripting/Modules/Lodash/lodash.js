// lodash 4: https://lodash.com/docs. Chains are not lazy; strings, functions and templates are in lodash-text.js, loaded at first use.
(function (kit, module, require) {
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

  // Equality
  function baseIsEqual(a, b, customizer, partial, seen = new Map()) {
    if (a === b) return true;
    if (a === null || a === undefined || b === null || b === undefined || (!isLike(a) && !isLike(b))) return a !== a && b !== b;
    const tag = isArguments(a) ? '[object Object]' : toTag(a);
    if (tag !== (isArguments(b) ? '[object Object]' : toTag(b))) return false;
    switch (tag) {
      case '[object Boolean]': case '[object Date]': case '[object Number]': return eq(Number(a), Number(b));
      case '[object Error]': return a.name === b.name && a.message === b.message;
      case '[object RegExp]': case '[object String]': return `${a}` === `${b}`;
      case '[object Symbol]': return Symbol.prototype.valueOf.call(a) === Symbol.prototype.valueOf.call(b);
      case '[object Function]': case '[object Promise]': case '[object WeakMap]': case '[object WeakSet]': return false;
      default:
    }
    if (seen.get(a) === b) return true;
    seen.set(a, b);
    const same = (x, y, key) => {
      const told = customizer?.(x, y, key, a, b);
      return told === undefined ? baseIsEqual(x, y, customizer, partial, seen) : Boolean(told);
    };
    try {
      if (a instanceof ArrayBuffer) return baseIsEqual(new Uint8Array(a), new Uint8Array(b));
      if (a instanceof Map || a instanceof Set) {
        if (a.size !== b.size && !partial) return false;
        const rest = [...b];
        return [...a].every((item) => {
          const at = rest.findIndex((other) => same(item, other));
          if (at >= 0) rest.splice(at, 1);
          return at >= 0;
        });
      }
      if (Array.isArray(a) || ArrayBuffer.isView(a)) {
        if (a.length !== b.length && !(partial && b.length > a.length)) return false;
        if (!partial) return Array.prototype.every.call(Array.from(a), (item, i) => same(item, b[i], i));
        const rest = Array.from(b);
        return Array.from(a).every((item) => {
          const at = rest.findIndex((other) => same(item, other));
          if (at >= 0) rest.splice(at, 1);
          return at >= 0;
        });
      }
      const [left, right] = [[...keys(a), ...symbolsOf(a)], [...keys(b), ...symbolsOf(b)]];
      if (left.length !== right.length && !partial) return false;
      if (!left.every((key) => (partial ? key in b : hasOwn(b, key)) && same(a[key], b[key], key))) return false;
      const [A, B] = [a.constructor, b.constructor];
      return partial || A === B || left.includes('constructor') || !('constructor' in a && 'constructor' in b) || (isFunction(A) && A instanceof A && isFunction(B) && B instanceof B);
    } finally {
      seen.delete(a);
    }
  }
  const isEqual = (a, b) => baseIsEqual(a, b);
  function baseIsMatch(object, source, customizer) {
    if (object === null || object === undefined) return keys(source).length === 0;
    return keysIn(source).every((key) => {
      const told = customizer?.(object[key], source[key], key, object, source);
      if (told !== undefined) return Boolean(told);
      return key in Object(object) && (object[key] !== undefined || source[key] === undefined) && baseIsEqual(source[key], object[key], customizer, true);
    });
  }

  // Cloning
  function baseClone(value, deep, customizer, key, parent, seen = new Map()) {
    const told = customizer ? (parent ? customizer(value, key, parent, seen) : customizer(value)) : undefined;
    if (told !== undefined) return told;
    if (!isObject(value)) return value;
    const tag = toTag(value);
    if (isFunction(value) || ['[object Error]', '[object WeakMap]', '[object WeakSet]', '[object Promise]'].includes(tag)) return parent ? (customizer || !isFunction(value) ? value : value) : {};
    if (seen.has(value)) return seen.get(value);
    let made;
    if (Array.isArray(value)) {
      made = new Array(value.length);
      if (hasOwn(value, 'index') && hasOwn(value, 'input')) Object.assign(made, { index: value.index, input: value.input });
    } else if (Buffer.isBuffer(value)) return deep ? Buffer.from(value) : value.slice();
    else if (value instanceof ArrayBuffer) return value.slice(0);
    else if (ArrayBuffer.isView(value)) return new value.constructor(deep ? value.buffer.slice(0) : value.buffer, value.byteOffset, value.length);
    else if (tag === '[object Date]') return new value.constructor(Number(value));
    else if (tag === '[object RegExp]') return Object.assign(new RegExp(value.source, value.flags), { lastIndex: value.lastIndex });
    else if (['[object Boolean]', '[object Number]', '[object String]', '[object Symbol]'].includes(tag)) return Object(value.valueOf());
    else if (value instanceof Map) made = new Map();
    else if (value instanceof Set) made = new Set();
    else made = isPrototype(value) ? {} : Object.create(getPrototypeOf(value));
    seen.set(value, made);
    const next = (item, at) => (deep ? baseClone(item, deep, customizer, at, value, seen) : item);
    if (value instanceof Set) for (const item of value) made.add(next(item, item));
    else if (value instanceof Map) for (const [at, item] of value) made.set(at, next(item, at));
    else {
      for (const at of keys(value)) assignValue(made, at, next(value[at], at));
      for (const at of symbolsOf(value)) made[at] = next(value[at], at);
    }
    return made;
  }

  // Iteratees
  function iteratee(value, arity) {
    if (isFunction(value)) return value;
    if (value === null || value === undefined) return identity;
    if (isLike(value)) {
      if (!Array.isArray(value)) {
        const source = baseClone(value, true);
        return (object) => object === value || baseIsMatch(object, source);
      }
      const [path, wanted] = value;
      return (object) => {
        const found = get(object, path);
        return found === undefined && found === wanted ? hasPath(object, path, (o, k) => k in Object(o)) : baseIsEqual(baseClone(wanted, true), found, undefined, true);
      };
    }
    return property(value, arity);
  }
  const property = (path) => (isKey(path) ? (object) => (object === null || object === undefined ? undefined : object[toKey(path)]) : (object) => get(object, path));

  function each(collection, action, reverse = false) {
    if (collection === null || collection === undefined) return collection;
    const call = iteratee(action);
    const names = isArrayLike(collection) ? undefined : keys(collection);
    const count = names ? names.length : collection.length;
    for (let i = reverse ? count - 1 : 0; reverse ? i >= 0 : i < count; i += reverse ? -1 : 1) {
      const key = names ? names[i] : i;
      if (call(collection[key], key, collection) === false) break;
    }
    return collection;
  }
  function entriesOf(collection) {
    if (collection === null || collection === undefined) return [];
    return isArrayLike(collection) ? Array.from(collection, (value, i) => [i, value]) : keys(collection).map((key) => [key, collection[key]]);
  }
  const map = (collection, action) => {
    const call = iteratee(action);
    return entriesOf(collection).map(([key, value]) => call(value, key, collection));
  };
  const filter = (collection, test) => {
    const call = iteratee(test);
    return entriesOf(collection).filter(([key, value]) => call(value, key, collection)).map(([, value]) => value);
  };
  const findEntry = (collection, test, from = 0, reverse = false) => {
    const call = iteratee(test);
    const all = entriesOf(collection);
    const start = toInteger(from);
    const list = reverse ? all.slice(0, start === 0 ? all.length : start < 0 ? Math.max(all.length + start, 0) + 1 : start + 1).reverse() : all.slice(start < 0 ? Math.max(all.length + start, 0) : start);
    return list.find(([key, value]) => call(value, key, collection));
  };
  function reduced(collection, action, given, reverse) {
    const call = iteratee(action);
    const list = reverse ? entriesOf(collection).reverse() : entriesOf(collection);
    let value = given.length ? given[0] : list.length ? list.shift()[1] : undefined;
    for (const [key, item] of list) value = call(value, item, key, collection);
    return value;
  }
  const grouped = (start, add) => (collection, action) => {
    const call = iteratee(action);
    const made = start();
    for (const [, value] of entriesOf(collection)) add(made, value, call(value));
    return made;
  };
  function compareAscending(a, b) {
    if (a === b || (a !== a && b !== b)) return 0;
    const rank = (value) => (isSymbol(value) ? 1 : value === null ? 2 : value === undefined ? 3 : value !== value ? 4 : 0);
    const [x, y] = [rank(a), rank(b)];
    if (x || y) return x === y ? 0 : x - y;
    return a > b ? 1 : a < b ? -1 : 0;
  }
  function orderBy(collection, actions, orders) {
    const list = actions === null || actions === undefined ? [identity] : Array.isArray(actions) ? (actions.length ? actions : [identity]) : [actions];
    const calls = list.map((each) => (Array.isArray(each) ? (value) => baseGet(value, each.length === 1 ? each[0] : each) : iteratee(each)));
    const ways = Array.isArray(orders) ? orders : orders === undefined || orders === null ? [] : [orders];
    return entriesOf(collection)
      .map(([, value], index) => ({ value, index, by: calls.map((call) => call(value)) }))
      .sort((a, b) => {
        for (let i = 0; i < calls.length; i++) {
          const order = isFunction(ways[i]) ? ways[i](a.by[i], b.by[i]) : compareAscending(a.by[i], b.by[i]);
          if (order) return ways[i] === 'desc' ? -order : order;
        }
        return a.index - b.index;
      })
      .map(({ value }) => value);
  }

  // Arrays
  const flattened = (array, depth, made = []) => {
    for (const item of listOf(array)) {
      if (depth > 0 && (Array.isArray(item) || isArguments(item))) flattened(item, depth - 1, made);
      else made.push(item);
    }
    return made;
  };
  const includes0 = (list, value, same) => (same ? list.some((item) => same(value, item)) : list.includes(value));
  function uniq(list, by = identity, same = undefined) {
    const seen = same ? [] : new Set();
    return listOf(list).filter((item) => {
      const key = by(item);
      if (same ? seen.some((other) => same(other, key)) : seen.has(key)) return false;
      if (same) seen.push(key);
      else seen.add(key);
      return true;
    }).map((item) => (item === 0 ? 0 : item));
  }
  const lastFunction = (args) => (isFunction(args.at(-1)) ? args.pop() : undefined);
  const lastIteratee = (args) => (isArrayLikeObject(args.at(-1)) ? identity : iteratee(args.pop()));
  const without0 = (list, others, by = identity, same = undefined) => {
    const keysOfOthers = others.map(by);
    const set = same ? undefined : new Set(keysOfOthers);
    return listOf(list).filter((item) => (same ? !keysOfOthers.some((other) => same(by(item), other)) : !set.has(by(item))));
  };
  const common = (arrays, by = identity, same = undefined) => {
    if (!arrays.length || !arrays.every(isArrayLikeObject)) return arrays.length ? (arrays.every((a) => isArrayLikeObject(a)) ? [] : []) : [];
    const [first, ...rest] = arrays;
    const others = rest.map((list) => listOf(list).map(by));
    return uniq(listOf(first), by, same).filter((item) => others.every((list) => includes0(list, by(item), same)));
  };
  const exclusive = (arrays, by = identity, same = undefined) => {
    const lists = arrays.filter(isArrayLikeObject).map(listOf);
    return uniq(lists.flatMap((list, i) => without0(list, lists.flatMap((other, j) => (i === j ? [] : other)), by, same)), by, same);
  };
  const takeEnd = (array, test, right, drop) => {
    const call = iteratee(test);
    const list = listOf(array);
    let i = right ? list.length - 1 : 0;
    while (i >= 0 && i < list.length && call(list[i], i, array)) i += right ? -1 : 1;
    return right ? (drop ? list.slice(0, i + 1) : list.slice(i + 1)) : drop ? list.slice(i) : list.slice(0, i);
  };
  function sortedIndex(array, value, by = identity, after = false) {
    const key = by(value);
    let [low, high] = [0, array?.length ?? 0];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = compareAscending(by(array[middle]), key);
      if (after ? order <= 0 : order < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  const pullAll = (array, values, by = identity, same = undefined) => {
    if (!array?.length || !values?.length) return array;
    const kept = without0(array, listOf(values), by, same);
    Array.prototype.splice.call(array, 0, array.length, ...kept);
    return array;
  };
  const indexFrom = (length, from) => (from < 0 ? Math.max(length + from, 0) : from);
  const counted = (n, guard) => (guard || n === undefined ? 1 : toInteger(n));

  // Objects
  const assigner = (keysOf, customized = false) => (object, ...sources) => {
    const customizer = customized ? lastFunction(sources) : undefined;
    const target = Object(object);
    for (const source of sources) {
      if (source === null || source === undefined) continue;
      for (const key of keysOf(source)) {
        const value = customizer?.(target[key], source[key], key, target, source);
        assignValue(target, key, value === undefined ? source[key] : value);
      }
    }
    return target;
  };
  function baseMerge(target, source, customizer, seen = new Map()) {
    if (target === source) return;
    for (const key of keysIn(source)) {
      if (key === '__proto__' || (key === 'constructor' && isFunction(target[key]))) continue;
      const from = source[key];
      const old = target[key];
      if (!isObject(from)) {
        const told = customizer?.(old, from, key, target, source, seen);
        const value = told === undefined ? from : told;
        if (value !== undefined ? !eq(old, value) || !(key in target) : !(key in target)) assignValue(target, key, value);
        continue;
      }
      if (seen.has(from)) {
        assignValue(target, key, seen.get(from));
        continue;
      }
      let value = customizer?.(old, from, key, target, source, seen);
      if (value === undefined) {
        value = from;
        let goesOn = true;
        if (Array.isArray(from) || ArrayBuffer.isView(from)) {
          if (Array.isArray(old)) value = old;
          else if (isArrayLikeObject(old)) value = Array.from(old);
          else if (Buffer.isBuffer(from)) [value, goesOn] = [Buffer.from(from), false];
          else if (ArrayBuffer.isView(from)) [value, goesOn] = [from.slice(), false];
          else value = [];
        } else if (isPlainObject(from) || isArguments(from)) {
          value = old;
          if (isArguments(old)) value = { ...old };
          else if (!isObject(old) || isFunction(old)) value = isPrototype(from) ? {} : Object.create(getPrototypeOf(from));
        } else goesOn = false;
        if (goesOn) {
          seen.set(from, value);
          baseMerge(value, from, customizer, seen);
          seen.delete(from);
        }
      }
      if (value !== undefined ? !eq(old, value) || !(key in target) : !(key in target)) assignValue(target, key, value);
    }
  }
  const merge = (object, ...sources) => {
    const target = Object(object);
    for (const source of sources) if (source !== null && source !== undefined) baseMerge(target, source);
    return target;
  };
  const mergeWith = (object, ...sources) => {
    const customizer = lastFunction(sources);
    const target = Object(object);
    for (const source of sources) if (source !== null && source !== undefined) baseMerge(target, source, customizer);
    return target;
  };
  const defaults = (object, ...sources) => {
    const target = Object(object);
    for (const source of sources) {
      if (source === null || source === undefined) continue;
      for (const key of keysIn(source)) if (target[key] === undefined || (eq(target[key], Object.prototype[key]) && !hasOwn(target, key))) target[key] = source[key];
    }
    return target;
  };
  const defaultsMerge = (old, from, key, object, source, seen) => {
    if (isObject(old) && isObject(from)) {
      seen.set(from, old);
      baseMerge(old, from, defaultsMerge, seen);
      seen.delete(from);
    }
    return old;
  };
  const pickBy = (object, test) => {
    if (object === null || object === undefined) return {};
    const call = iteratee(test);
    const made = {};
    for (const key of [...keysIn(object), ...symbolsOf(Object(object))]) if (call(object[key], key)) assignValue(made, key, object[key]);
    return made;
  };
  function omit(object, ...paths) {
    if (object === null || object === undefined) return {};
    const steps = flattened(paths, 1).map((path) => castPath(path, object));
    const isDeep = steps.some((path) => path.length > 1);
    let made = {};
    for (const key of [...keysIn(object), ...symbolsOf(Object(object))]) made[key] = object[key];
    if (isDeep) made = baseClone(made, true, (value) => (isLike(value) && !isPlainObject(value) && !Array.isArray(value) ? value : undefined));
    for (const path of steps) baseUnset(made, path);
    return made;
  }
  function baseUnset(object, path) {
    const steps = castPath(path, object);
    if (steps.some((step) => isUnsafeKey(toKey(step)) && step !== 'constructor')) return false;
    const parent = steps.length < 2 ? object : baseGet(object, steps.slice(0, -1));
    return parent === null || parent === undefined || delete parent[toKey(steps.at(-1))];
  }
  const eachKey = (keysOf, reverse) => (object, action) => {
    if (object === null || object === undefined) return object;
    const call = iteratee(action);
    const names = keysOf(object);
    for (const key of reverse ? names.reverse() : names) if (call(object[key], key, object) === false) break;
    return object;
  };
  const mapped = (object, action, put) => {
    const call = iteratee(action);
    const made = {};
    for (const key of keys(object)) put(made, key, call(object[key], key, object));
    return made;
  };
  const extreme = (array, by, isBetter) => {
    let best;
    let found;
    for (const item of listOf(array)) {
      const current = by(item);
      if (current === null || current === undefined || (best === undefined ? current !== current || isSymbol(current) : !isBetter(current, best))) continue;
      best = current;
      found = item;
    }
    return found;
  };
  const sum = (array, by) => {
    let total;
    for (const item of listOf(array)) {
      const value = by(item);
      if (value !== undefined) total = total === undefined ? value : total + value;
    }
    return total;
  };
  const rounding = (name) => (number, precision) => {
    const places = precision === undefined || precision === null ? 0 : Math.min(toInteger(precision), 292);
    const value = toNumber(number);
    if (!places || !Number.isFinite(value)) return Math[name](value);
    const [mantissa, exponent] = `${toText(value)}e`.split('e');
    const [digits, power] = `${toText(Math[name](`${mantissa}e${Number(exponent) + places}`))}e`.split('e');
    return Number(`${digits}e${Number(power) - places}`);
  };
  const math = (fallback, action) => (a, b) => {
    if (a === undefined && b === undefined) return fallback;
    if (a === undefined || b === undefined) return a === undefined ? b : a;
    return isString(a) || isString(b) ? action(toText(a), toText(b)) : action(toNumber(a), toNumber(b));
  };
  const ranger = (right) => (start, end, step) => {
    if (isLike(end) || (typeof step !== 'number' && step !== undefined && isLike(step))) return ranger(right)(start);
    let from = toFinite(start);
    let to = end === undefined ? from : toFinite(end);
    if (end === undefined) from = 0;
    const by = step === undefined ? (from < to ? 1 : -1) : toFinite(step);
    const made = Array.from({ length: Math.max(Math.ceil((to - from) / (by || 1)), 0) }, (_, i) => from + i * by);
    return right ? made.reverse() : made;
  };
  const is = (tag) => (value) => isLike(value) && toTag(value) === `[object ${tag}]`;
  function isEmpty(value) {
    if (value === null || value === undefined) return true;
    if (value instanceof Wrapper) return false;
    if (isArrayLike(value) && (Array.isArray(value) || typeof value === 'string' || isFunction(value.splice) || ArrayBuffer.isView(value) || isArguments(value))) return !value.length;
    if (value instanceof Map || value instanceof Set) return !value.size;
    return keys(value).length === 0;
  }
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
  let lastId = 0;

  const functions = {
    // Collections
    countBy: grouped(() => ({}), (made, value, key) => { made[key] = (hasOwn(made, key) ? made[key] : 0) + 1; }),
    each: (collection, action) => each(collection, action), forEach: (collection, action) => each(collection, action),
    eachRight: (collection, action) => each(collection, action, true), forEachRight: (collection, action) => each(collection, action, true),
    every: (collection, test) => entriesOf(collection).every(([key, value]) => iteratee(test)(value, key, collection)),
    filter,
    find: (collection, test, from) => findEntry(collection, test, from)?.[1],
    findLast: (collection, test, from) => findEntry(collection, test, from, true)?.[1],
    flatMap: (collection, action) => flattened(map(collection, action), 1),
    flatMapDeep: (collection, action) => flattened(map(collection, action), Infinity),
    flatMapDepth: (collection, action, depth = 1) => flattened(map(collection, action), toInteger(depth)),
    groupBy: grouped(() => ({}), (made, value, key) => { if (hasOwn(made, key)) made[key].push(value); else assignValue(made, key, [value]); }),
    includes(collection, value, from) {
      const list = isArrayLike(collection) ? collection : valuesOf(collection);
      const start = indexFrom(list.length, from ? toInteger(from) : 0);
      return isString(list) ? start <= list.length && list.indexOf(value, start) > -1 : Boolean(list.length) && Array.prototype.includes.call(list, value, start);
    },
    invokeMap: (collection, path, ...args) => map(collection, (item) => (isFunction(path) ? Reflect.apply(path, item, args) : invokePath(item, path, args))),
    keyBy: grouped(() => ({}), (made, value, key) => assignValue(made, key, value)),
    map,
    orderBy,
    partition: grouped(() => [[], []], (made, value, key) => made[key ? 0 : 1].push(value)),
    reduce: (collection, action, ...given) => reduced(collection, action, given, false),
    reduceRight: (collection, action, ...given) => reduced(collection, action, given, true),
    reject: (collection, test) => {
      const call = iteratee(test);
      return entriesOf(collection).filter(([key, value]) => !call(value, key, collection)).map(([, value]) => value);
    },
    sample: (collection) => { const list = valuesOf(collection); return list[Math.floor(Math.random() * list.length)]; },
    sampleSize: (collection, n, guard) => functions.shuffle(collection).slice(0, counted(n, guard)),
    shuffle(collection) {
      const list = valuesOf(collection);
      for (let i = list.length - 1; i > 0; i--) {
        const j = Math.floor(Math.random() * (i + 1));
        [list[i], list[j]] = [list[j], list[i]];
      }
      return list;
    },
    size: (collection) => (collection === null || collection === undefined ? 0 : isArrayLike(collection) ? (isString(collection) ? Array.from(String(collection)).length : collection.length) : collection instanceof Map || collection instanceof Set ? collection.size : keys(collection).length),
    some: (collection, test) => { const call = iteratee(test); return entriesOf(collection).some(([key, value]) => call(value, key, collection)); },
    sortBy: (collection, ...actions) => {
      const list = flattened(actions, 1);
      return collection === null || collection === undefined ? [] : orderBy(collection, list.length > 1 && isArrayLike(list[1]) && list[1][list[0]] === collection ? [] : list, []);
    },

    // Arrays
    chunk(array, size, guard) {
      const count = guard || size === undefined ? 1 : Math.max(toInteger(size), 0);
      const list = listOf(array);
      return count < 1 ? [] : Array.from({ length: Math.ceil(list.length / count) }, (_, i) => list.slice(i * count, (i + 1) * count));
    },
    compact: (array) => listOf(array).filter(Boolean),
    concat: (...args) => (args.length ? [...Array.isArray(args[0]) ? args[0] : [args[0]], ...flattened(args.slice(1), 1)] : []),
    difference: (array, ...values) => (isArrayLikeObject(array) ? without0(array, values.filter(isArrayLikeObject).flatMap(listOf)) : []),
    differenceBy: (array, ...values) => { const by = lastIteratee(values); return isArrayLikeObject(array) ? without0(array, values.filter(isArrayLikeObject).flatMap(listOf), by) : []; },
    differenceWith: (array, ...values) => { const same = lastFunction(values); return isArrayLikeObject(array) ? without0(array, values.filter(isArrayLikeObject).flatMap(listOf), identity, same) : []; },
    drop: (array, n, guard) => listOf(array).slice(Math.max(counted(n, guard), 0)),
    dropRight: (array, n, guard) => { const list = listOf(array); return list.slice(0, Math.max(list.length - Math.max(counted(n, guard), 0), 0)); },
    dropWhile: (array, test) => takeEnd(array, test, false, true), dropRightWhile: (array, test) => takeEnd(array, test, true, true),
    takeWhile: (array, test) => takeEnd(array, test, false, false), takeRightWhile: (array, test) => takeEnd(array, test, true, false),
    take: (array, n, guard) => listOf(array).slice(0, Math.max(counted(n, guard), 0)),
    takeRight: (array, n, guard) => { const list = listOf(array); return list.slice(Math.max(list.length - Math.max(counted(n, guard), 0), 0)); },
    fill: (array, value, start, end) => (array?.length ? Array.prototype.fill.call(array, value, start, end) : []),
    findIndex: (array, test, from = 0) => { const list = listOf(array); const call = iteratee(test); const start = indexFrom(list.length, toInteger(from)); return list.findIndex((item, i) => i >= start && call(item, i, array)); },
    findLastIndex: (array, test, from) => { const list = listOf(array); const call = iteratee(test); const start = from === undefined ? list.length - 1 : from < 0 ? Math.max(list.length + toInteger(from), 0) : Math.min(toInteger(from), list.length - 1); return list.findLastIndex((item, i) => i <= start && call(item, i, array)); },
    flatten: (array) => flattened(array, 1), flattenDeep: (array) => flattened(array, Infinity), flattenDepth: (array, depth = 1) => flattened(array, toInteger(depth)),
    fromPairs: (pairs) => { const made = {}; for (const [key, value] of listOf(pairs)) assignValue(made, key, value); return made; },
    head: (array) => array?.[0], first: (array) => array?.[0],
    indexOf: (array, value, from = 0) => { const list = listOf(array); const start = indexFrom(list.length, toInteger(from)); return list.findIndex((item, i) => i >= start && eq(item, value)); },
    lastIndexOf: (array, value, from) => { const list = listOf(array); const start = from === undefined ? list.length - 1 : from < 0 ? Math.max(list.length + toInteger(from), 0) : Math.min(toInteger(from), list.length - 1); return list.findLastIndex((item, i) => i <= start && eq(item, value)); },
    initial: (array) => listOf(array).slice(0, -1),
    intersection: (...arrays) => common(arrays), intersectionBy: (...arrays) => { const by = lastIteratee(arrays); return common(arrays, by); }, intersectionWith: (...arrays) => { const same = lastFunction(arrays); return common(arrays, identity, same); },
    join: (array, separator) => (array === null || array === undefined ? '' : Array.prototype.join.call(array, separator)),
    last: (array) => (array?.length ? array[array.length - 1] : undefined),
    nth: (array, n) => { const at = toInteger(n); return array?.length ? array[at < 0 ? array.length + at : at] : undefined; },
    pull: (array, ...values) => pullAll(array, values), pullAll: (array, values) => pullAll(array, values), pullAllBy: (array, values, by) => pullAll(array, values, iteratee(by)), pullAllWith: (array, values, same) => pullAll(array, values, identity, same),
    pullAt(array, ...given) {
      const indexes = flattened(given, 1);
      const taken = indexes.map((index) => array?.[index]);
      for (const index of [...new Set(indexes.map(Number))].sort((a, b) => b - a)) if (isIndex(index, array.length)) array.splice(index, 1);
      return taken;
    },
    remove(array, test) {
      const call = iteratee(test);
      const taken = [];
      const gone = listOf(array).map((item, i) => Boolean(call(item, i, array)));
      for (let i = gone.length - 1; i >= 0; i--) if (gone[i]) taken.unshift(...array.splice(i, 1));
      return taken;
    },
    reverse: (array) => (array === null || array === undefined ? array : Array.prototype.reverse.call(array)),
    slice: (array, start, end) => Array.prototype.slice.call(array ?? [], start ?? 0, end),
    sortedIndex: (array, value) => sortedIndex(array, value), sortedIndexBy: (array, value, by) => sortedIndex(array, value, iteratee(by)), sortedLastIndex: (array, value) => sortedIndex(array, value, identity, true), sortedLastIndexBy: (array, value, by) => sortedIndex(array, value, iteratee(by), true),
    sortedIndexOf: (array, value) => { const at = sortedIndex(array, value); return at < (array?.length ?? 0) && eq(array[at], value) ? at : -1; }, sortedLastIndexOf: (array, value) => { const at = sortedIndex(array, value, identity, true) - 1; return array?.length && eq(array[at], value) ? at : -1; },
    sortedUniq: (array) => uniq(array), sortedUniqBy: (array, by) => uniq(array, iteratee(by)),
    tail: (array) => listOf(array).slice(1), rest: undefined,
    union: (...arrays) => uniq(arrays.filter(isArrayLikeObject).flatMap(listOf)), unionBy: (...arrays) => { const by = lastIteratee(arrays); return uniq(arrays.filter(isArrayLikeObject).flatMap(listOf), by); }, unionWith: (...arrays) => { const same = lastFunction(arrays); return uniq(arrays.filter(isArrayLikeObject).flatMap(listOf), identity, same); },
    uniq: (array) => uniq(array), uniqBy: (array, by) => uniq(array, iteratee(by)), uniqWith: (array, same) => uniq(array, identity, same),
    unzip: (arrays) => { const lists = listOf(arrays).filter(isArrayLikeObject); return Array.from({ length: Math.max(0, ...lists.map((list) => list.length)) }, (_, i) => lists.map((list) => list[i])); },
    unzipWith: (arrays, action) => { const groups = functions.unzip(arrays); return action ? groups.map((group) => action(...group)) : groups; },
    without: (array, ...values) => (isArrayLikeObject(array) ? without0(array, values) : []),
    xor: (...arrays) => exclusive(arrays), xorBy: (...arrays) => { const by = lastIteratee(arrays); return exclusive(arrays, by); }, xorWith: (...arrays) => { const same = lastFunction(arrays); return exclusive(arrays, identity, same); },
    zip: (...arrays) => functions.unzip(arrays), zipWith: (...arrays) => { const action = lastFunction(arrays); return functions.unzipWith(arrays, action); },
    zipObject: (names, values) => { const made = {}; listOf(names).forEach((name, i) => assignValue(made, name, values?.[i])); return made; },
    zipObjectDeep: (names, values) => { const made = {}; listOf(names).forEach((name, i) => baseSet(made, name, values?.[i])); return made; },

    // Objects
    assign: assigner(keys), assignIn: assigner(keysIn), extend: assigner(keysIn), assignWith: assigner(keys, true), assignInWith: assigner(keysIn, true), extendWith: assigner(keysIn, true),
    at: (object, ...paths) => flattened(paths, 1).map((path) => get(object, path)),
    create: (prototype, properties) => functions.assign(Object.create(isObject(prototype) ? prototype : null), properties),
    defaults, defaultsDeep: (object, ...sources) => mergeWith(object, ...sources, defaultsMerge),
    entries: (object) => functions.toPairs(object), entriesIn: (object) => functions.toPairsIn(object),
    findKey: (object, test) => { const call = iteratee(test); return keys(object).find((key) => call(object[key], key, object)); },
    findLastKey: (object, test) => { const call = iteratee(test); return keys(object).findLast((key) => call(object[key], key, object)); },
    forIn: eachKey(keysIn), forInRight: eachKey(keysIn, true), forOwn: eachKey(keys), forOwnRight: eachKey(keys, true),
    functions: (object) => keys(object).filter((key) => isFunction(object[key])), functionsIn: (object) => keysIn(object).filter((key) => isFunction(object[key])),
    get,
    has: (object, path) => object !== null && object !== undefined && hasPath(object, path, (o, k) => hasOwn(Object(o), k)),
    hasIn: (object, path) => object !== null && object !== undefined && hasPath(object, path, (o, k) => k in Object(o)),
    invert: (object) => { const made = {}; for (const key of keys(object)) made[object[key]] = key; return made; },
    invertBy: (object, action) => { const call = iteratee(action); const made = {}; for (const key of keys(object)) (made[call(object[key])] ??= []).push(key); return made; },
    invoke: (object, path, ...args) => invokePath(object, path, args),
    keys, keysIn,
    mapKeys: (object, action) => mapped(object, (value, key, all) => [iteratee(action)(value, key, all), value], (made, key, [name, value]) => assignValue(made, name, value)),
    mapValues: (object, action) => mapped(object, action, assignValue),
    merge, mergeWith,
    omit, omitBy: (object, test) => { const call = iteratee(test); return pickBy(object, (value, key) => !call(value, key)); },
    pick: (object, ...paths) => { const made = {}; if (object !== null && object !== undefined) for (const path of flattened(paths, 1)) if (functions.hasIn(object, path)) baseSet(made, castPath(path, object), get(object, path)); return made; },
    pickBy,
    result(object, path, fallback) {
      const steps = castPath(path, object);
      let value = object;
      for (const step of steps.length ? steps : [undefined]) {
        let next = value === null || value === undefined ? undefined : value[toKey(step)];
        if (next === undefined) return isFunction(fallback) ? fallback.call(value) : fallback;
        if (isFunction(next)) next = next.call(value);
        value = next;
      }
      return value;
    },
    set: (object, path, value) => (object === null || object === undefined ? object : baseSet(object, path, value)),
    setWith: (object, path, value, customizer) => (object === null || object === undefined ? object : baseSet(object, path, value, customizer)),
    toPairs: (object) => (object instanceof Map ? [...object] : object instanceof Set ? [...object].map((value) => [value, value]) : keys(object).map((key) => [key, object[key]])),
    toPairsIn: (object) => keysIn(object).map((key) => [key, object[key]]),
    transform(object, action, given) {
      const call = action ? iteratee(action) : () => {};
      const made = given ?? (Array.isArray(object) ? [] : isObject(object) ? (isFunction(object.constructor) ? Object.create(getPrototypeOf(object)) : {}) : {});
      for (const [key, value] of entriesOf(object)) if (call(made, value, key, object) === false) break;
      return made;
    },
    unset: (object, path) => object === null || object === undefined || baseUnset(object, path),
    update: (object, path, updater) => (object === null || object === undefined ? object : baseSet(object, path, updater(get(object, path)))),
    updateWith: (object, path, updater, customizer) => (object === null || object === undefined ? object : baseSet(object, path, updater(get(object, path)), customizer)),
    values: (object) => (object === null || object === undefined ? [] : keys(object).map((key) => object[key])), valuesIn: (object) => keysIn(object).map((key) => object[key]),

    // Language
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

    // Mathematics
    add: math(0, (a, b) => a + b), subtract: math(0, (a, b) => a - b), multiply: math(1, (a, b) => a * b), divide: math(1, (a, b) => a / b),
    ceil: rounding('ceil'), floor: rounding('floor'), round: rounding('round'),
    max: (array) => extreme(array, identity, (a, b) => a > b), maxBy: (array, by) => extreme(array, iteratee(by), (a, b) => a > b), min: (array) => extreme(array, identity, (a, b) => a < b), minBy: (array, by) => extreme(array, iteratee(by), (a, b) => a < b),
    sum: (array) => (array?.length ? sum(array, identity) : 0), sumBy: (array, by) => (array?.length ? sum(array, iteratee(by)) : 0), mean: (array) => (array?.length ? sum(array, identity) / array.length : NaN), meanBy: (array, by) => (array?.length ? sum(array, iteratee(by)) / array.length : NaN),
    clamp: (number, low, high) => { const [lowest, highest] = high === undefined ? [undefined, low] : [low, high]; let value = toNumber(number); if (highest !== undefined && value === value) value = Math.min(value, toNumber(highest) || 0); if (lowest !== undefined && value === value) value = Math.max(value, toNumber(lowest) || 0); return value; },
    inRange: (number, start, end) => { const [from, to] = end === undefined ? [0, toFinite(start)] : [toFinite(start), toFinite(end)]; const value = toNumber(number); return value >= Math.min(from, to) && value < Math.max(from, to); },
    random: (...args) => { const floating = typeof args.at(-1) === 'boolean' ? args.pop() : false; let [low, high] = args.length === 0 ? [0, 1] : args.length === 1 ? [0, toFinite(args[0])] : args.map(toFinite); if (low > high) [low, high] = [high, low]; return floating || low % 1 || high % 1 ? Math.min(low + Math.random() * (high - low), high) : low + Math.floor(Math.random() * (high - low + 1)); },

    // Utilities
    attempt: (action, ...args) => { try { return action(...args); } catch (error) { return functions.isError(error) ? error : new Error(error); } },
    conforms: (source) => (object) => functions.conformsTo(object, source), constant: (value) => () => value, defaultTo: (value, fallback) => (value === null || value === undefined || value !== value ? fallback : value), identity,
    iteratee: (value) => (isFunction(value) ? value : iteratee(typeof value === 'object' ? baseClone(value, true) : value)), matches: (source) => iteratee(Object(baseClone(source, true))), matchesProperty: (path, value) => iteratee([path, value]),
    method: (path, ...args) => (object) => invokePath(object, path, args), methodOf: (object, ...args) => (path) => invokePath(object, path, args), noop() {}, nthArg: (n = 0) => (...args) => args.at(toInteger(n)), property, propertyOf: (object) => (path) => get(object, path),
    over: (...actions) => (...args) => flattened(actions, 1).map((action) => iteratee(action)(...args)), overEvery: (...actions) => (...args) => flattened(actions, 1).every((action) => iteratee(action)(...args)), overSome: (...actions) => (...args) => flattened(actions, 1).some((action) => iteratee(action)(...args)),
    range: ranger(false), rangeRight: ranger(true), stubArray: () => [], stubFalse: () => false, stubObject: () => ({}), stubString: () => '', stubTrue: () => true, times: (n, action = identity) => Array.from({ length: Math.max(toInteger(n), 0) }, (_, i) => action(i)), uniqueId: (prefix = '') => `${toText(prefix)}${++lastId}`, now: () => Date.now(),
    tap: (value, action) => { action(value); return value; }, thru: (value, action) => action(value),
  };
  functions.all = undefined;
  for (const name of ['rest', 'all']) delete functions[name];

  // A chain: each function's answer is wrapped again, unless it ends the chain.
  const endings = new Set(('add attempt camelCase capitalize ceil clamp clone cloneDeep cloneDeepWith cloneWith conformsTo deburr defaultTo divide each eachRight endsWith eq escape escapeRegExp every find findIndex findKey findLast findLastIndex findLastKey first floor '
    + 'forEach forEachRight forIn forInRight forOwn forOwnRight get gt gte has hasIn head identity inRange includes indexOf invoke join kebabCase last lastIndexOf lowerCase lowerFirst lt lte max maxBy mean meanBy min minBy multiply noop now nth pad padEnd padStart parseInt pop random reduce reduceRight repeat '
    + 'replace result round runInContext sample shift size snakeCase some sortedIndex sortedIndexBy sortedIndexOf sortedLastIndex sortedLastIndexBy sortedLastIndexOf startCase startsWith stubArray stubFalse stubObject stubString stubTrue subtract sum sumBy template times toFinite toInteger toLength toLower toNumber toSafeInteger toString toUpper '
    + 'trim trimEnd trimStart truncate unescape uniqueId upperCase upperFirst isArray').split(' '));
  for (const name of ['each', 'eachRight', 'forEach', 'forEachRight', 'forIn', 'forInRight', 'forOwn', 'forOwnRight', 'times']) endings.delete(name);

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
  const lodash = (value) => (value instanceof Wrapper ? value : new Wrapper(value, false));
  lodash.prototype = Wrapper.prototype;

  /** Adds functions to an object, and to the chain where it is lodash itself. */
  function mixin(target, source, options) {
    const [object, added] = source === undefined ? [lodash, target] : [target, source];
    for (const name of Object.getOwnPropertyNames(added)) {
      if (!isFunction(added[name])) continue;
      object[name] = added[name];
      if (object !== lodash && !isFunction(object)) continue;
      addToChain(name, (...args) => added[name](...args), options?.chain);
    }
    return object;
  }
  function addToChain(name, action, chains = true) {
    Object.defineProperty(Wrapper.prototype, name, {
      value(...args) {
        const value = action(this.__wrapped__, ...args);
        return this.__chain__ || (chains !== false && !endings.has(name) && !/^is[A-Z]/.test(name)) ? new Wrapper(value, this.__chain__) : value;
      },
      writable: true,
      configurable: true,
    });
  }

  Object.assign(lodash, functions);
  for (const name of Object.keys(functions)) if (name !== 'toString') addToChain(name, functions[name]);
  for (const name of ['pop', 'push', 'shift', 'sort', 'splice', 'unshift']) {
    addToChain(name, (list, ...args) => {
      const answer = Array.prototype[name].apply(list, args);
      return name === 'pop' || name === 'shift' ? answer : name === 'splice' ? answer : list;
    });
  }
  for (const name of ['replace', 'split']) addToChain(name, (text, ...args) => lodash[name](text, ...args));

  // Strings and functions: loaded when the first of them is used.
  const later = ('camelCase capitalize deburr endsWith escape escapeRegExp kebabCase lowerCase lowerFirst pad padEnd padStart parseInt repeat replace snakeCase split startCase startsWith template toLower toUpper trim trimEnd trimStart truncate unescape upperCase upperFirst words '
    + 'after ary before bind bindKey curry curryRight debounce defer delay flip flow flowRight memoize negate once overArgs partial partialRight rearg rest spread throttle unary wrap cond bindAll').split(' ');
  let text;
  const loadText = () => (text ??= require('internal/lodash-text')({ kit, lodash, toText, toInteger, toNumber, isFunction, isObject, iteratee, flattened, identity }));
  for (const name of later) {
    Object.defineProperty(lodash, name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = loadText()[name];
        Object.defineProperty(lodash, name, { value, writable: true, configurable: true, enumerable: true });
        return value;
      },
      set(value) { Object.defineProperty(lodash, name, { value, writable: true, configurable: true, enumerable: true }); },
    });
    addToChain(name, (...args) => lodash[name](...args));
  }

  Object.assign(lodash, {
    VERSION: '4.17.21',
    chain: (value) => new Wrapper(value, true),
    mixin,
    noConflict: () => lodash,
    runInContext: () => lodash,
    templateSettings: { escape: /<%-([\s\S]+?)%>/g, evaluate: /<%([\s\S]+?)%>/g, interpolate: /<%=([\s\S]+?)%>/g, variable: '', imports: { _: lodash } },
    placeholder: {},
    _: lodash,
  });
  Object.defineProperty(lodash, 'default', { value: lodash });
  module.exports = lodash;
})
