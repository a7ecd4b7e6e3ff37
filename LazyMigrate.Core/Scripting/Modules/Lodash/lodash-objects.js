// lodash: the manual's chapter Object.
(function (kit, require, parts) {
  'use strict';
  const { lastFunction, assignValue, keysIn, isFunction, isObject, eq, isArrayLikeObject, isPlainObject, isArguments, isPrototype, getPrototypeOf, hasOwn } = parts;
  const { iteratee, symbolsOf, flattened, castPath, baseClone, isLike, isUnsafeKey, toKey, baseGet, keys, get, hasPath, invokePath, baseSet, entriesOf } = parts;

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

  const objectFunctions = {
    assign: assigner(keys), assignIn: assigner(keysIn), extend: assigner(keysIn), assignWith: assigner(keys, true), assignInWith: assigner(keysIn, true), extendWith: assigner(keysIn, true),
    at: (object, ...paths) => flattened(paths, 1).map((path) => get(object, path)),
    create: (prototype, properties) => objectFunctions.assign(Object.create(isObject(prototype) ? prototype : null), properties),
    defaults, defaultsDeep: (object, ...sources) => mergeWith(object, ...sources, defaultsMerge),
    entries: (object) => objectFunctions.toPairs(object), entriesIn: (object) => objectFunctions.toPairsIn(object),
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
    pick: (object, ...paths) => { const made = {}; if (object !== null && object !== undefined) for (const path of flattened(paths, 1)) if (objectFunctions.hasIn(object, path)) baseSet(made, castPath(path, object), get(object, path)); return made; },
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
  };

  return { objectFunctions };
})
