// lodash: the manual's chapter Collection.
(function (kit, require, parts) {
  'use strict';
  const { iteratee, isArrayLike, keys, toInteger, isSymbol, identity, baseGet, isFunction, hasOwn, flattened, assignValue, valuesOf, indexFrom, isString } = parts;
  const { invokePath, counted } = parts;

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

  const collectionFunctions = {
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
    sampleSize: (collection, n, guard) => collectionFunctions.shuffle(collection).slice(0, counted(n, guard)),
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
  };

  return { entriesOf, compareAscending, collectionFunctions };
})
