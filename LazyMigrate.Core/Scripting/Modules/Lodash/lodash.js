// lodash 4: https://lodash.com/docs. Chains are not lazy; strings, functions and templates are in lodash-text.js, loaded at first use.
(function (kit, module, require, parts) {
  'use strict';
  const { Wrapper, isFunction, collectionFunctions, arrayFunctions, objectFunctions, langFunctions, mathFunctions, utilFunctions, toText, toInteger, toNumber } = parts;
  const { isObject, iteratee, flattened, identity } = parts;

  // A chain: each function's answer is wrapped again, unless it ends the chain.
  const endings = new Set(('add attempt camelCase capitalize ceil clamp clone cloneDeep cloneDeepWith cloneWith conformsTo deburr defaultTo divide each eachRight endsWith eq escape escapeRegExp every find findIndex findKey findLast findLastIndex findLastKey first floor '
    + 'forEach forEachRight forIn forInRight forOwn forOwnRight get gt gte has hasIn head identity inRange includes indexOf invoke join kebabCase last lastIndexOf lowerCase lowerFirst lt lte max maxBy mean meanBy min minBy multiply noop now nth pad padEnd padStart parseInt pop random reduce reduceRight repeat '
    + 'replace result round runInContext sample shift size snakeCase some sortedIndex sortedIndexBy sortedIndexOf sortedLastIndex sortedLastIndexBy sortedLastIndexOf startCase startsWith stubArray stubFalse stubObject stubString stubTrue subtract sum sumBy template times toFinite toInteger toLength toLower toNumber toSafeInteger toString toUpper '
    + 'trim trimEnd trimStart truncate unescape uniqueId upperCase upperFirst isArray').split(' '));
  for (const name of ['each', 'eachRight', 'forEach', 'forEachRight', 'forIn', 'forInRight', 'forOwn', 'forOwnRight', 'times']) endings.delete(name);

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

  for (const chapter of [collectionFunctions, arrayFunctions, objectFunctions, langFunctions, mathFunctions, utilFunctions]) {
    Object.assign(lodash, chapter);
    for (const name of Object.keys(chapter)) if (name !== 'toString') addToChain(name, chapter[name]);
  }
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
