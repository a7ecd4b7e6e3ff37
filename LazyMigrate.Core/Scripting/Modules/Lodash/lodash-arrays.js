// lodash: the manual's chapter Array.
(function (kit, require, parts) {
  'use strict';
  const { identity, listOf, isArrayLikeObject, iteratee, compareAscending, toInteger, flattened, lastFunction, counted, indexFrom, assignValue, eq, isIndex } = parts;
  const { baseSet } = parts;

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

  const arrayFunctions = {
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
    tail: (array) => listOf(array).slice(1),
    union: (...arrays) => uniq(arrays.filter(isArrayLikeObject).flatMap(listOf)), unionBy: (...arrays) => { const by = lastIteratee(arrays); return uniq(arrays.filter(isArrayLikeObject).flatMap(listOf), by); }, unionWith: (...arrays) => { const same = lastFunction(arrays); return uniq(arrays.filter(isArrayLikeObject).flatMap(listOf), identity, same); },
    uniq: (array) => uniq(array), uniqBy: (array, by) => uniq(array, iteratee(by)), uniqWith: (array, same) => uniq(array, identity, same),
    unzip: (arrays) => { const lists = listOf(arrays).filter(isArrayLikeObject); return Array.from({ length: Math.max(0, ...lists.map((list) => list.length)) }, (_, i) => lists.map((list) => list[i])); },
    unzipWith: (arrays, action) => { const groups = arrayFunctions.unzip(arrays); return action ? groups.map((group) => action(...group)) : groups; },
    without: (array, ...values) => (isArrayLikeObject(array) ? without0(array, values) : []),
    xor: (...arrays) => exclusive(arrays), xorBy: (...arrays) => { const by = lastIteratee(arrays); return exclusive(arrays, by); }, xorWith: (...arrays) => { const same = lastFunction(arrays); return exclusive(arrays, identity, same); },
    zip: (...arrays) => arrayFunctions.unzip(arrays), zipWith: (...arrays) => { const action = lastFunction(arrays); return arrayFunctions.unzipWith(arrays, action); },
    zipObject: (names, values) => { const made = {}; listOf(names).forEach((name, i) => assignValue(made, name, values?.[i])); return made; },
    zipObjectDeep: (names, values) => { const made = {}; listOf(names).forEach((name, i) => baseSet(made, name, values?.[i])); return made; },
  };

  return { arrayFunctions };
})
