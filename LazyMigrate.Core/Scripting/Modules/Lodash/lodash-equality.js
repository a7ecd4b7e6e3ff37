// lodash: what is equal, what is a clone, and what stands for a function.
(function (kit, require, parts) {
  'use strict';
  const { isLike, isArguments, toTag, eq, keys, symbolsOf, hasOwn, isFunction, keysIn, isObject, isPrototype, getPrototypeOf, assignValue, identity, get } = parts;
  const { hasPath, isKey, toKey } = parts;

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

  return { baseIsEqual, isEqual, baseIsMatch, baseClone, iteratee, property };
})
