// qs: https://github.com/ljharb/qs
(function (kit, module) {
  'use strict';
  const formats = { RFC1738: (value) => String(value).replace(/%20/g, '+'), RFC3986: String };
  const strictly = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

  function encode(value, defaultEncoder, charset, kind, format) {
    if (value === undefined || value === null || value.length === 0) return value;
    const text = typeof value === 'symbol' ? Symbol.prototype.toString.call(value) : String(value);
    if (charset === 'iso-8859-1') return escape(text).replace(/%u[0-9a-f]{4}/gi, (c) => `%26%23${Number.parseInt(c.slice(2), 16)}%3B`);
    const encoded = strictly(text.toWellFormed());
    return format === 'RFC1738' ? encoded.replace(/%28/g, '(').replace(/%29/g, ')') : encoded;
  }
  function decode(text, defaultDecoder, charset) {
    const spaced = text.replace(/\+/g, ' ');
    if (charset === 'iso-8859-1') return spaced.replace(/%[0-9a-f]{2}/gi, unescape);
    try {
      return decodeURIComponent(spaced);
    } catch {
      return spaced;
    }
  }

  const prefixes = {
    brackets: (prefix) => `${prefix}[]`, comma: 'comma', indices: (prefix, key) => `${prefix}[${key}]`, repeat: (prefix) => prefix,
  };
  const isObject = (value) => value !== null && typeof value === 'object';
  const isPrimitive = (value) => ['string', 'number', 'boolean', 'symbol', 'bigint'].includes(typeof value);

  function writeOptions(given = {}) {
    const options = given ?? {};
    if (options.encodeValuesOnly !== undefined && typeof options.encodeValuesOnly !== 'boolean') options.encodeValuesOnly = false;
    if (options.allowEmptyArrays !== undefined && typeof options.allowEmptyArrays !== 'boolean') throw new TypeError('`allowEmptyArrays` option can only be `true` or `false`, when provided');
    if (options.encoder !== null && options.encoder !== undefined && typeof options.encoder !== 'function') throw new TypeError('Encoder has to be a function.');
    const charset = options.charset || 'utf-8';
    if (options.charset !== undefined && charset !== 'utf-8' && charset !== 'iso-8859-1') throw new TypeError('The charset option must be either utf-8, iso-8859-1, or undefined');
    const format = options.format ?? 'RFC3986';
    if (!Object.hasOwn(formats, format)) throw new TypeError('Unknown format option provided.');
    const arrayFormat = Object.hasOwn(prefixes, options.arrayFormat ?? '') ? options.arrayFormat : 'indices' in options ? (options.indices ? 'indices' : 'repeat') : 'indices';
    if ('commaRoundTrip' in options && typeof options.commaRoundTrip !== 'boolean') throw new TypeError('`commaRoundTrip` must be a boolean, or absent');
    return {
      addQueryPrefix: false, charsetSentinel: false, delimiter: '&', encode: true, encodeDotInKeys: false, encodeValuesOnly: false, skipNulls: false, strictNullHandling: false,
      serializeDate: (date) => Date.prototype.toISOString.call(date),
      ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
      encoder: options.encoder ?? encode,
      allowDots: options.allowDots === undefined ? options.encodeDotInKeys === true : Boolean(options.allowDots),
      charset, format, arrayFormat,
      formatter: formats[format],
      filter: typeof options.filter === 'function' || Array.isArray(options.filter) ? options.filter : undefined,
      sort: typeof options.sort === 'function' ? options.sort : null,
    };
  }

  function writeValue(given, prefix, options, roundTrips, above) {
    let value = given;
    if (above.includes(value)) throw new RangeError('Cyclic object value');
    const { filter, arrayFormat, encodeValuesOnly, formatter, charset, format } = options;
    if (typeof filter === 'function') value = filter(prefix, value);
    else if (value instanceof Date) value = options.serializeDate(value);
    else if (arrayFormat === 'comma' && Array.isArray(value)) value = value.map((item) => (item instanceof Date ? options.serializeDate(item) : item));
    const encoder = options.encode ? options.encoder : undefined;
    if (value === null) {
      if (options.strictNullHandling) return [formatter(encoder && !encodeValuesOnly ? encoder(prefix, encode, charset, 'key', format) : prefix)];
      value = '';
    }
    if (isPrimitive(value) || Buffer.isBuffer(value)) {
      if (!encoder) return [`${formatter(prefix)}=${formatter(String(value))}`];
      return [`${formatter(encodeValuesOnly ? prefix : encoder(prefix, encode, charset, 'key', format))}=${formatter(encoder(value, encode, charset, 'value', format))}`];
    }
    if (value === undefined) return [];
    const isComma = arrayFormat === 'comma' && Array.isArray(value);
    let keys;
    if (isComma) {
      const items = encodeValuesOnly && encoder ? value.map((item) => encoder(item)) : value;
      keys = [{ value: items.length > 0 ? items.join(',') || null : undefined }];
    } else if (Array.isArray(filter)) {
      keys = filter;
    } else {
      keys = options.sort ? Object.keys(value).sort(options.sort) : Object.keys(value);
    }
    const escaped = options.encodeDotInKeys ? String(prefix).replace(/\./g, '%2E') : String(prefix);
    const own = roundTrips && Array.isArray(value) && value.length === 1 ? `${escaped}[]` : escaped;
    if (options.allowEmptyArrays && Array.isArray(value) && value.length === 0) return [`${own}[]`];
    return keys.flatMap((key) => {
      const item = isObject(key) && key.value !== undefined ? key.value : isObject(key) ? key.value : value[key];
      if (options.skipNulls && item === null) return [];
      const name = options.allowDots && options.encodeDotInKeys ? String(key).replace(/\./g, '%2E') : String(key);
      const next = Array.isArray(value)
        ? typeof prefixes[arrayFormat] === 'function' ? prefixes[arrayFormat](own, name) : own
        : `${own}${options.allowDots ? `.${name}` : `[${name}]`}`;
      const inner = isComma && encodeValuesOnly ? { ...options, encode: false } : options;
      return writeValue(item, next, inner, roundTrips, [...above, given]);
    });
  }

  function stringify(object, given) {
    const options = writeOptions(given);
    let value = object;
    let keys;
    if (typeof options.filter === 'function') value = options.filter('', value);
    else if (options.filter) keys = options.filter;
    if (!isObject(value)) return '';
    keys ??= Object.keys(value);
    if (options.sort) keys.sort(options.sort);
    const roundTrips = options.arrayFormat === 'comma' && options.commaRoundTrip;
    const parts = keys.flatMap((key) => (options.skipNulls && value[key] === null ? [] : writeValue(value[key], key, options, roundTrips, [])));
    const joined = parts.join(options.delimiter);
    const sentinel = options.charsetSentinel ? `${options.charset === 'iso-8859-1' ? 'utf8=%26%2310003%3B' : 'utf8=%E2%9C%93'}&` : '';
    return joined.length > 0 ? `${options.addQueryPrefix ? '?' : ''}${sentinel}${joined}` : '';
  }

  function readOptions(given) {
    const options = { ...given };
    for (const name of ['allowEmptyArrays', 'decodeDotInKeys']) {
      if (options[name] !== undefined && typeof options[name] !== 'boolean') throw new TypeError(`\`${name}\` option can only be \`true\` or \`false\`, when provided`);
    }
    if (options.decoder !== null && options.decoder !== undefined && typeof options.decoder !== 'function') throw new TypeError('Decoder has to be a function.');
    if (options.charset !== undefined && options.charset !== 'utf-8' && options.charset !== 'iso-8859-1') throw new TypeError('The charset option must be either utf-8, iso-8859-1, or undefined');
    const duplicates = options.duplicates ?? 'combine';
    if (!['combine', 'first', 'last'].includes(duplicates)) throw new TypeError('The duplicates option must be either combine, first, or last');
    return {
      allowPrototypes: false, arrayLimit: 20, charset: 'utf-8', delimiter: '&', ignoreQueryPrefix: false, interpretNumericEntities: false,
      parameterLimit: 1000, parseArrays: true, plainObjects: false, strictDepth: false, strictNullHandling: false, allowSparse: false, comma: false,
      ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
      allowDots: options.allowDots === undefined ? options.decodeDotInKeys === true : Boolean(options.allowDots),
      decoder: typeof options.decoder === 'function' ? options.decoder : decode,
      depth: typeof options.depth === 'number' || options.depth === false ? Number(options.depth) : 5,
      parseArrays: options.parseArrays !== false,
      duplicates,
    };
  }

  const isTrap = (key) => Object.hasOwn(Object.prototype, key);
  const asIndexed = (list, plain) => list.reduce((made, item, i) => {
    if (item !== undefined) made[i] = item;
    return made;
  }, plain ? { __proto__: null } : {});

  function merge(target, source, options) {
    if (!source) return target;
    if (!isObject(source) && typeof source !== 'function') {
      if (Array.isArray(target)) target.push(source);
      else if (isObject(target)) {
        if (options.plainObjects || options.allowPrototypes || !isTrap(source)) target[source] = true;
      } else return [target, source];
      return target;
    }
    if (!isObject(target)) return [target].concat(source);
    const base = Array.isArray(target) && !Array.isArray(source) ? asIndexed(target, options.plainObjects) : target;
    if (Array.isArray(target) && Array.isArray(source)) {
      source.forEach((item, i) => {
        if (!Object.hasOwn(target, i)) target[i] = item;
        else if (isObject(target[i]) && isObject(item)) target[i] = merge(target[i], item, options);
        else target.push(item);
      });
      return target;
    }
    return Object.keys(source).reduce((made, key) => {
      made[key] = Object.hasOwn(made, key) ? merge(made[key], source[key], options) : source[key];
      return made;
    }, base);
  }

  const commaValues = (value, options) => (value && typeof value === 'string' && options.comma && value.includes(',') ? value.split(',') : value);

  function readPairs(text, options) {
    const made = { __proto__: null };
    const clean = (options.ignoreQueryPrefix ? text.replace(/^\?/, '') : text).replace(/%5B/gi, '[').replace(/%5D/gi, ']');
    const limit = options.parameterLimit === Infinity ? undefined : options.parameterLimit;
    let { charset } = options;
    const parts = clean.split(options.delimiter, limit);
    let sentinelAt = -1;
    if (options.charsetSentinel) {
      sentinelAt = parts.findIndex((part) => part.startsWith('utf8='));
      if (parts[sentinelAt] === 'utf8=%E2%9C%93') charset = 'utf-8';
      else if (parts[sentinelAt] === 'utf8=%26%2310003%3B') charset = 'iso-8859-1';
    }
    parts.forEach((part, i) => {
      if (i === sentinelAt) return;
      const bracket = part.indexOf(']=');
      const at = bracket === -1 ? part.indexOf('=') : bracket + 1;
      const key = options.decoder(at === -1 ? part : part.slice(0, at), decode, charset, 'key');
      let value;
      if (at === -1) {
        value = options.strictNullHandling ? null : '';
      } else {
        const given = commaValues(part.slice(at + 1), options);
        value = Array.isArray(given) ? given.map((each) => options.decoder(each, decode, charset, 'value')) : options.decoder(given, decode, charset, 'value');
      }
      if (value && options.interpretNumericEntities && charset === 'iso-8859-1') value = String(value).replace(/&#(\d+);/g, (_, number) => String.fromCharCode(Number(number)));
      if (part.includes('[]=') && Array.isArray(value)) value = [value];
      if (key === null) return;
      const exists = Object.hasOwn(made, key);
      if (exists && (options.duplicates === 'combine' || part.includes('[]='))) made[key] = [].concat(made[key], value);
      else if (!exists || options.duplicates === 'last') made[key] = value;
    });
    return made;
  }

  function nested(chain, value, options, isRead) {
    let leaf = isRead ? value : commaValues(value, options);
    for (let i = chain.length - 1; i >= 0; i--) {
      const root = chain[i];
      let made;
      if (root === '[]' && options.parseArrays) {
        made = options.allowEmptyArrays && (leaf === '' || (options.strictNullHandling && leaf === null)) ? [] : [].concat(leaf);
      } else {
        made = options.plainObjects ? { __proto__: null } : {};
        const bare = root.startsWith('[') && root.endsWith(']') ? root.slice(1, -1) : root;
        const key = options.decodeDotInKeys ? bare.replace(/%2E/g, '.') : bare;
        const index = Number.parseInt(key, 10);
        if (!options.parseArrays && key === '') {
          made = { 0: leaf };
        } else if (!Number.isNaN(index) && root !== key && String(index) === key && index >= 0 && options.parseArrays && index <= options.arrayLimit) {
          made = [];
          made[index] = leaf;
        } else if (key !== '__proto__') {
          made[key] = leaf;
        }
      }
      leaf = made;
    }
    return leaf;
  }

  function readKey(given, value, options, isRead) {
    if (!given) return undefined;
    const key = options.allowDots ? given.replace(/\.([^.[]+)/g, '[$1]') : given;
    const isAllowed = (name) => options.plainObjects || options.allowPrototypes || !isTrap(name);
    const brackets = /\[[^[\]]*\]/g;
    let segment = options.depth > 0 ? brackets.exec(key) : null;
    const parent = segment ? key.slice(0, segment.index) : key;
    const chain = [];
    if (parent) {
      if (!isAllowed(parent)) return undefined;
      chain.push(parent);
    }
    let depth = 0;
    while (options.depth > 0 && segment !== null && depth < options.depth) {
      depth++;
      if (!isAllowed(segment[0].slice(1, -1))) return undefined;
      chain.push(segment[0]);
      segment = brackets.exec(key);
    }
    if (segment) {
      if (options.strictDepth === true) throw new RangeError(`Input depth exceeded depth option of ${options.depth} and strictDepth is true`);
      chain.push(`[${key.slice(segment.index)}]`);
    }
    return nested(chain, value, options, isRead);
  }

  /** Without holes, at every depth. */
  function compact(value, seen = new Set()) {
    if (!isObject(value) || seen.has(value)) return value;
    seen.add(value);
    for (const key of Object.keys(value)) value[key] = compact(value[key], seen);
    if (!Array.isArray(value)) return value;
    const kept = value.filter((item) => item !== undefined);
    value.length = 0;
    value.push(...kept);
    return value;
  }

  function parse(given, settings) {
    const options = readOptions(settings);
    if (given === '' || given === null || given === undefined) return options.plainObjects ? { __proto__: null } : {};
    const pairs = typeof given === 'string' ? readPairs(given, options) : given;
    let made = options.plainObjects ? { __proto__: null } : {};
    for (const key of Object.keys(pairs)) made = merge(made, readKey(key, pairs[key], options, typeof given === 'string'), options);
    return options.allowSparse === true ? made : compact(made);
  }

  module.exports = { formats: { default: 'RFC3986', formatters: formats, RFC1738: 'RFC1738', RFC3986: 'RFC3986' }, parse, stringify };
})
