// lodash: the manual's chapters Math, Number and Util.
(function (kit, require, parts) {
  'use strict';
  const { listOf, isSymbol, toInteger, toNumber, toText, isString, isLike, toFinite, identity, iteratee, langFunctions, isFunction, baseClone, invokePath } = parts;
  const { property, get, flattened } = parts;

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
  let lastId = 0;

  const mathFunctions = {
    add: math(0, (a, b) => a + b), subtract: math(0, (a, b) => a - b), multiply: math(1, (a, b) => a * b), divide: math(1, (a, b) => a / b),
    ceil: rounding('ceil'), floor: rounding('floor'), round: rounding('round'),
    max: (array) => extreme(array, identity, (a, b) => a > b), maxBy: (array, by) => extreme(array, iteratee(by), (a, b) => a > b), min: (array) => extreme(array, identity, (a, b) => a < b), minBy: (array, by) => extreme(array, iteratee(by), (a, b) => a < b),
    sum: (array) => (array?.length ? sum(array, identity) : 0), sumBy: (array, by) => (array?.length ? sum(array, iteratee(by)) : 0), mean: (array) => (array?.length ? sum(array, identity) / array.length : NaN), meanBy: (array, by) => (array?.length ? sum(array, iteratee(by)) / array.length : NaN),
    clamp: (number, low, high) => { const [lowest, highest] = high === undefined ? [undefined, low] : [low, high]; let value = toNumber(number); if (highest !== undefined && value === value) value = Math.min(value, toNumber(highest) || 0); if (lowest !== undefined && value === value) value = Math.max(value, toNumber(lowest) || 0); return value; },
    inRange: (number, start, end) => { const [from, to] = end === undefined ? [0, toFinite(start)] : [toFinite(start), toFinite(end)]; const value = toNumber(number); return value >= Math.min(from, to) && value < Math.max(from, to); },
    random: (...args) => { const floating = typeof args.at(-1) === 'boolean' ? args.pop() : false; let [low, high] = args.length === 0 ? [0, 1] : args.length === 1 ? [0, toFinite(args[0])] : args.map(toFinite); if (low > high) [low, high] = [high, low]; return floating || low % 1 || high % 1 ? Math.min(low + Math.random() * (high - low), high) : low + Math.floor(Math.random() * (high - low + 1)); },
  };

  const utilFunctions = {
    attempt: (action, ...args) => { try { return action(...args); } catch (error) { return langFunctions.isError(error) ? error : new Error(error); } },
    conforms: (source) => (object) => langFunctions.conformsTo(object, source), constant: (value) => () => value, defaultTo: (value, fallback) => (value === null || value === undefined || value !== value ? fallback : value), identity,
    iteratee: (value) => (isFunction(value) ? value : iteratee(typeof value === 'object' ? baseClone(value, true) : value)), matches: (source) => iteratee(Object(baseClone(source, true))), matchesProperty: (path, value) => iteratee([path, value]),
    method: (path, ...args) => (object) => invokePath(object, path, args), methodOf: (object, ...args) => (path) => invokePath(object, path, args), noop() {}, nthArg: (n = 0) => (...args) => args.at(toInteger(n)), property, propertyOf: (object) => (path) => get(object, path),
    over: (...actions) => (...args) => flattened(actions, 1).map((action) => iteratee(action)(...args)), overEvery: (...actions) => (...args) => flattened(actions, 1).every((action) => iteratee(action)(...args)), overSome: (...actions) => (...args) => flattened(actions, 1).some((action) => iteratee(action)(...args)),
    range: ranger(false), rangeRight: ranger(true), stubArray: () => [], stubFalse: () => false, stubObject: () => ({}), stubString: () => '', stubTrue: () => true, times: (n, action = identity) => Array.from({ length: Math.max(toInteger(n), 0) }, (_, i) => action(i)), uniqueId: (prefix = '') => `${toText(prefix)}${++lastId}`, now: () => Date.now(),
    tap: (value, action) => { action(value); return value; }, thru: (value, action) => action(value),
  };

  return { mathFunctions, utilFunctions };
})
