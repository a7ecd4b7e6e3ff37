// lodash's strings and functions.
(function (kit, module) {
  'use strict';
  module.exports = ({ lodash, toText, toInteger, toNumber, isFunction, isObject, iteratee, flattened, identity }) => {
    const special = { 'Æ': 'Ae', 'æ': 'ae', 'Ð': 'D', 'ð': 'd', 'Ø': 'O', 'ø': 'o', 'Þ': 'Th', 'þ': 'th', 'ß': 'ss', 'Đ': 'D', 'đ': 'd', 'Ħ': 'H', 'ħ': 'h', 'ı': 'i', 'Ĳ': 'IJ', 'ĳ': 'ij', 'ĸ': 'k', 'Ł': 'L', 'ł': 'l', 'Ŋ': 'N', 'ŋ': 'n', 'Œ': 'Oe', 'œ': 'oe', 'Ŧ': 'T', 'ŧ': 't', 'ŉ': "'n", 'ſ': 's', 'Ŀ': 'L', 'ŀ': 'l' };
    const deburr = (value) => toText(value).replace(/[\xc0-\xd6\xd8-\xf6\xf8-\xff\u0100-\u017f]/g, (c) => special[c] ?? c.normalize('NFD').replace(/[\u0300-\u036f]/g, '')).replace(/[\u0300-\u036f\ufe20-\ufe2f\u20d0-\u20ff]/g, '');
    const unicodeWord = /(?:\p{Lu}(?=\p{Lu}\p{Ll}))|\p{Lu}?\p{Ll}+(?:['’](?:d|ll|m|re|s|t|ve))?(?=[^\p{L}\p{N}]|\p{Lu}|$|\p{N})|\p{Lu}+(?:['’](?:D|LL|M|RE|S|T|VE))?(?=[^\p{L}\p{N}]|\p{Lu}\p{Ll}|$|\p{N})|\d*(?:1ST|2ND|3RD|(?![123])\dTH)(?=\b|[a-z_])|\d*(?:1st|2nd|3rd|(?![123])\dth)(?=\b|[A-Z_])|\d+|\p{L}+|\p{Extended_Pictographic}/gu;
    function words(value, pattern, guard) {
      const text = toText(value);
      if (pattern !== undefined && !guard) return text.match(pattern) ?? [];
      if (!/[a-z][A-Z]|[A-Z]{2}[a-z]|[0-9][a-zA-Z]|[a-zA-Z][0-9]|[^a-zA-Z0-9 ]/.test(text)) return text.match(/[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+/g) ?? [];
      return text.replace(/(\p{Lu}+)(?=\p{Lu}\p{Ll})/gu, '$1 ').match(unicodeWord) ?? [];
    }
    const compound = (join) => (value) => words(deburr(value).replace(/['’]/g, '')).reduce((made, word, i) => made + join(word, i), '');
    const upperFirst = (value) => { const [first = '', ...rest] = toText(value); return first.toUpperCase() + rest.join(''); };
    const lowerFirst = (value) => { const [first = '', ...rest] = toText(value); return first.toLowerCase() + rest.join(''); };
    const capitalize = (value) => upperFirst(toText(value).toLowerCase());

    const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
    const escape = (value) => toText(value).replace(/[&<>"']/g, (c) => entities[c]);
    const unescape = (value) => toText(value).replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => Object.keys(entities).find((c) => entities[c] === entity));
    function padding(length, chars) {
      const fill = chars === undefined ? ' ' : toText(chars);
      return fill === '' || length <= 0 ? '' : Array.from(fill.repeat(Math.ceil(length / Array.from(fill).length))).slice(0, length).join('');
    }
    const sizeOf = (text) => Array.from(text).length;
    const pad = (value, length, chars, left, right) => {
      const text = toText(value);
      const missing = toInteger(length) - sizeOf(text);
      return missing <= 0 ? text : padding(left(missing), chars) + text + padding(right(missing), chars);
    };
    const trimmed = (start, end) => (value, chars, guard) => {
      const text = toText(value);
      if (guard || chars === undefined) return start && end ? text.trim() : start ? text.trimStart() : text.trimEnd();
      const set = new Set(toText(chars));
      const list = Array.from(text);
      let [from, to] = [0, list.length];
      while (start && from < to && set.has(list[from])) from++;
      while (end && to > from && set.has(list[to - 1])) to--;
      return list.slice(from, to).join('');
    };
    function truncate(value, options = {}) {
      const length = options.length === undefined ? 30 : toInteger(options.length);
      const omission = options.omission === undefined ? '...' : toText(options.omission);
      const list = Array.from(toText(value));
      if (length >= list.length) return list.join('');
      const end = length - sizeOf(omission);
      if (end < 1) return omission;
      let text = list.slice(0, end).join('');
      const { separator } = options;
      if (separator === undefined) return text + omission;
      if (separator instanceof RegExp) {
        const matches = [...text.matchAll(new RegExp(separator.source, separator.flags.includes('g') ? separator.flags : `${separator.flags}g`))];
        if (toText(value).slice(end).search(separator) !== 0 && matches.length) text = text.slice(0, matches.at(-1).index);
      } else if (toText(value).indexOf(toText(separator), end) !== end) {
        const at = text.lastIndexOf(separator);
        if (at > -1) text = text.slice(0, at);
      }
      return text + omission;
    }

    function template(value, options, guard) {
      const settings = { ...lodash.templateSettings, ...guard ? undefined : options };
      const imports = { ...lodash.templateSettings.imports, ...settings.imports };
      const text = toText(value);
      const interpolate = settings.interpolate ?? /($^)/;
      const es6 = interpolate === lodash.templateSettings.interpolate ? /\$\{([^\\}]*(?:\\.[^\\}]*)*)\}/g : /($^)/;
      const delimiters = new RegExp(`${(settings.escape ?? /($^)/).source}|${interpolate.source}|${es6.source}|${(settings.evaluate ?? /($^)/).source}|$`, 'g');
      let at = 0;
      let source = "__p += '";
      text.replace(delimiters, (match, escaped, interpolated, es6Value, evaluated, offset) => {
        source += text.slice(at, offset).replace(/['\n\r\u2028\u2029\\]/g, (c) => `\\${{ '\n': 'n', '\r': 'r', '\u2028': 'u2028', '\u2029': 'u2029' }[c] ?? c}`);
        if (escaped) source += `' +\n__e(${escaped}) +\n'`;
        if (evaluated) source += `';\n${evaluated};\n__p += '`;
        if (interpolated ?? es6Value) source += `' +\n((__t = (${interpolated ?? es6Value})) == null ? '' : __t) +\n'`;
        at = offset + match.length;
        return match;
      });
      source += "';\n";
      const body = settings.variable ? source : `with (obj) {\n${source}\n}\n`;
      source = `var __t, __p = '', __j = Array.prototype.join;\nfunction print() { __p += __j.call(arguments, '') }\n${body}return __p\n`;
      const name = settings.variable || 'obj';
      const names = Object.keys(imports);
      const compiled = new Function('__e', ...names, `return function(${name}) {\n${settings.variable ? '' : 'obj || (obj = {});\n'}${source}}`)(escape, ...names.map((each) => imports[each]));
      return Object.assign(compiled, { source });
    }

    // Functions
    function debounce(action, wait, options = {}) {
      if (!isFunction(action)) throw new TypeError('Expected a function');
      const delay = toNumber(wait) || 0;
      const leading = Boolean(options.leading);
      const trailing = 'trailing' in options ? Boolean(options.trailing) : true;
      const maximum = 'maxWait' in options ? Math.max(toNumber(options.maxWait) || 0, delay) : undefined;
      let [args, self, timer, result, lastCall, lastRun] = [undefined, undefined, undefined, undefined, undefined, 0];
      const run = (time) => {
        const given = args;
        [args, lastRun] = [undefined, time];
        result = action.apply(self, given);
        return result;
      };
      const isDue = (time) => lastCall === undefined || time - lastCall >= delay || time < lastCall || (maximum !== undefined && time - lastRun >= maximum);
      const remaining = (time) => (maximum === undefined ? delay - (time - lastCall) : Math.min(delay - (time - lastCall), maximum - (time - lastRun)));
      const finish = (time) => {
        timer = undefined;
        if (trailing && args) return run(time);
        args = undefined;
        return result;
      };
      const expired = () => {
        const time = Date.now();
        if (isDue(time)) finish(time);
        else timer = setTimeout(expired, remaining(time));
      };
      function debounced(...given) {
        const time = Date.now();
        const due = isDue(time);
        [args, self, lastCall] = [given, this, time];
        if (due && timer === undefined) {
          lastRun = time;
          timer = setTimeout(expired, delay);
          return leading ? run(time) : result;
        }
        if (due && maximum !== undefined) {
          clearTimeout(timer);
          timer = setTimeout(expired, delay);
          return run(time);
        }
        timer ??= setTimeout(expired, delay);
        return result;
      }
      debounced.cancel = () => {
        if (timer !== undefined) clearTimeout(timer);
        [args, lastCall, timer, self, lastRun] = [undefined, undefined, undefined, undefined, 0];
      };
      debounced.flush = () => (timer === undefined ? result : (clearTimeout(timer), finish(Date.now())));
      return debounced;
    }
    const isGap = (value) => value === lodash || value === lodash.placeholder;
    const filled = (held, given) => {
      const rest = [...given];
      return [...held.map((arg) => (isGap(arg) && rest.length ? rest.shift() : isGap(arg) ? undefined : arg)), ...rest];
    };
    const filledRight = (held, given) => {
      const gaps = held.filter(isGap).length;
      const split = Math.max(given.length - gaps, 0);
      const rest = given.slice(split);
      return [...given.slice(0, split), ...held.map((arg) => (isGap(arg) ? rest.shift() : arg))];
    };
    function curry(action, arity = action.length, right = false, held = []) {
      return function curried(...given) {
        let args;
        if (right) {
          args = [...given, ...held];
        } else {
          const rest = [...given];
          args = held.map((arg) => (isGap(arg) && rest.length ? rest.shift() : arg)).concat(rest);
        }
        return args.filter((arg) => !isGap(arg)).length >= arity && !args.slice(0, arity).some(isGap) ? action.apply(this, args) : curry(action, arity, right, args);
      };
    }
    function memoize(action, resolver) {
      if (!isFunction(action) || (resolver !== null && resolver !== undefined && !isFunction(resolver))) throw new TypeError('Expected a function');
      const memoized = function (...args) {
        const key = resolver ? resolver.apply(this, args) : args[0];
        const { cache } = memoized;
        if (cache.has(key)) return cache.get(key);
        const value = action.apply(this, args);
        memoized.cache = cache.set(key, value) || cache;
        return value;
      };
      memoized.cache = new (memoize.Cache || Map)();
      return memoized;
    }
    memoize.Cache = Map;
    function before(count, action) {
      let [left, result] = [toInteger(count), undefined];
      return function (...args) {
        if (--left > 0) result = action.apply(this, args);
        if (left <= 1) action = undefined;
        return result;
      };
    }
    function once(action) {
      if (!isFunction(action)) throw new TypeError('Expected a function');
      let [called, result] = [false, undefined];
      return function (...args) {
        if (!called) {
          called = true;
          result = action.apply(this, args);
        }
        return result;
      };
    }
    const flow = (right) => (...given) => {
      const actions = flattened(given, 1);
      if (actions.some((action) => !isFunction(action))) throw new TypeError('Expected a function');
      if (right) actions.reverse();
      return function (...args) {
        let value = actions.length ? actions[0].apply(this, args) : args[0];
        for (const action of actions.slice(1)) value = action.call(this, value);
        return value;
      };
    };
    const limited = (action, count) => function (...args) { return action.apply(this, args.slice(0, count)); };

    return {
      camelCase: compound((word, i) => (i ? capitalize(word) : word.toLowerCase())), kebabCase: compound((word, i) => (i ? '-' : '') + word.toLowerCase()), snakeCase: compound((word, i) => (i ? '_' : '') + word.toLowerCase()),
      lowerCase: compound((word, i) => (i ? ' ' : '') + word.toLowerCase()), upperCase: compound((word, i) => (i ? ' ' : '') + word.toUpperCase()), startCase: compound((word, i) => (i ? ' ' : '') + upperFirst(word)),
      capitalize, deburr, words, upperFirst, lowerFirst, escape, unescape, truncate, template,
      escapeRegExp: (value) => toText(value).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
      endsWith: (value, target, position) => { const text = toText(value); return text.endsWith(toText(target), position === undefined ? text.length : Math.min(Math.max(toInteger(position), 0), text.length)); },
      startsWith: (value, target, position) => { const text = toText(value); return text.startsWith(toText(target), Math.min(Math.max(toInteger(position), 0), text.length)); },
      pad: (value, length, chars) => pad(value, length, chars, (missing) => Math.floor(missing / 2), (missing) => Math.ceil(missing / 2)), padEnd: (value, length, chars) => pad(value, length, chars, () => 0, identity), padStart: (value, length, chars) => pad(value, length, chars, identity, () => 0),
      parseInt: (value, radix, guard) => Number.parseInt(toText(value).trimStart(), guard || radix === undefined || radix === null ? 0 : Number(radix)), repeat: (value, n, guard) => toText(value).repeat(Math.max(guard || n === undefined ? 1 : toInteger(n), 0)),
      replace: (value, ...args) => (args.length < 2 ? toText(value) : toText(value).replace(args[0], args[1])), split: (value, separator, limit) => (limit === 0 ? [] : toText(value).split(separator, limit)),
      toLower: (value) => toText(value).toLowerCase(), toUpper: (value) => toText(value).toUpperCase(), trim: trimmed(true, true), trimStart: trimmed(true, false), trimEnd: trimmed(false, true),

      debounce, memoize, once, before, curry: (action, arity, guard) => curry(action, guard ? undefined : arity), curryRight: (action, arity, guard) => curry(action, guard ? undefined : arity, true),
      throttle: (action, wait, options = {}) => debounce(action, wait, { leading: 'leading' in options ? options.leading : true, maxWait: wait, trailing: 'trailing' in options ? options.trailing : true }),
      after: (count, action) => { let left = toInteger(count); return function (...args) { return --left < 1 ? action.apply(this, args) : undefined; }; },
      ary: (action, n, guard) => limited(action, guard || n === undefined ? action.length : n), unary: (action) => limited(action, 1), flip: (action) => function (...args) { return action.apply(this, args.reverse()); },
      bind: (action, self, ...held) => function (...args) { return new.target ? Reflect.construct(action, filled(held, args)) : action.apply(self, filled(held, args)); }, bindKey: (object, key, ...held) => (...args) => object[key](...filled(held, args)), bindAll: (object, ...names) => { for (const name of flattened(names, 1)) object[name] = object[name].bind(object); return object; },
      partial: (action, ...held) => function (...args) { return action.apply(this, filled(held, args)); }, partialRight: (action, ...held) => function (...args) { return action.apply(this, filledRight(held, args)); },
      defer: (action, ...args) => setTimeout(() => action(...args), 1), delay: (action, wait, ...args) => setTimeout(() => action(...args), toNumber(wait) || 0),
      flow: flow(false), flowRight: flow(true), negate: (test) => function (...args) { return !test.apply(this, args); }, overArgs: (action, ...transforms) => { const calls = flattened(transforms, 1).map((each) => iteratee(each)); return function (...args) { return action.apply(this, args.map((arg, i) => (calls[i] ? calls[i](arg) : arg))); }; },
      rearg: (action, ...indexes) => { const order = flattened(indexes, 1); return function (...args) { return action.apply(this, [...order.map((i) => args[i]), ...args.slice(order.length)]); }; },
      rest: (action, start = action.length - 1) => function (...args) { return action.apply(this, [...args.slice(0, start), args.slice(start)]); }, spread: (action, start = 0) => function (...args) { return action.apply(this, [...args.slice(0, start), ...args[start] ?? []]); }, wrap: (value, wrapper = identity) => function (...args) { return wrapper.call(this, value, ...args); },
      cond: (pairs) => function (...args) { for (const [test, action] of pairs) if (iteratee(test).apply(this, args)) return action.apply(this, args); return undefined; },
    };
  };
})
