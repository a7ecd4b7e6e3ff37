// AxiosHeaders: https://axios-http.com/docs/headers. Names count in any case, and keep the case they were first given.
(function (kit, module) {
  'use strict';
  const named = ['Content-Type', 'Content-Length', 'Accept', 'Accept-Encoding', 'User-Agent', 'Authorization'];
  const clean = (value) => (value === false || value === undefined || value === null ? value : Array.isArray(value) ? value.map(clean) : String(value).replace(/[\r\n]+$/, ''));
  const asTokens = (text) => Object.fromEntries([...String(text).matchAll(/([^\s,;=]+)\s*(?:=\s*([^,;]+))?/g)].map(([, name, value]) => [name, value]));

  class AxiosHeaders {
    constructor(headers) { if (headers) this.set(headers); }

    #find(name) { return Object.keys(this).find((key) => key.toLowerCase() === String(name).trim().toLowerCase()); }

    set(header, value, rewrite) {
      const one = (each, name, may) => {
        if (!name || String(name).trim() === '') throw new Error('header name must be a non-empty string');
        const key = this.#find(name);
        if (key === undefined || this[key] === undefined || may === true || (may === undefined && this[key] !== false)) this[key ?? String(name).trim()] = clean(each);
      };
      if (typeof header === 'string' && !/^[-_a-zA-Z0-9^`|~,!#$%&'*+.]+$/.test(header.trim())) {
        for (const line of header.split('\n')) {
          const at = line.indexOf(':');
          if (at > 0) one(line.slice(at + 1).trim(), line.slice(0, at).trim().toLowerCase(), value);
        }
      } else if (typeof header === 'string') one(value, header, rewrite);
      else if (typeof header?.[Symbol.iterator] === 'function') for (const [name, each] of header) one(each, name, value);
      else for (const name of Object.keys(header ?? {})) one(header[name], name, value);
      return this;
    }
    get(header, parser) {
      const key = header ? this.#find(header) : undefined;
      if (key === undefined) return undefined;
      const value = this[key];
      if (!parser) return value;
      if (parser === true) return asTokens(value);
      return parser instanceof RegExp ? parser.exec(value) : parser.call(this, value, key);
    }
    has(header, matcher) {
      const key = header ? this.#find(header) : undefined;
      return Boolean(key !== undefined && this[key] !== undefined && (!matcher || (matcher instanceof RegExp ? matcher.test(this[key]) : typeof matcher === 'function' ? matcher.call(this, this[key], key, header) : String(this[key]).includes(matcher))));
    }
    delete(header) {
      let deleted = false;
      for (const name of [].concat(header)) {
        const key = this.#find(name);
        if (key !== undefined) deleted = delete this[key];
      }
      return deleted;
    }
    clear() {
      const keys = Object.keys(this);
      for (const key of keys) delete this[key];
      return keys.length > 0;
    }
    normalize(format) {
      for (const name of Object.keys(this)) {
        if (!format) continue;
        const value = this[name];
        delete this[name];
        this[name.toLowerCase().replace(/([a-z\d])(\w*)/g, (_, first, rest) => first.toUpperCase() + rest)] = value;
      }
      return this;
    }
    concat(...others) { return AxiosHeaders.concat(this, ...others); }
    toJSON(asStrings) {
      const made = Object.create(null);
      for (const name of Object.keys(this)) {
        const value = this[name];
        if (value !== null && value !== undefined && value !== false) made[name] = asStrings && Array.isArray(value) ? value.join(', ') : value;
      }
      return made;
    }
    [Symbol.iterator]() { return Object.entries(this.toJSON())[Symbol.iterator](); }
    toString() { return Object.entries(this.toJSON()).map(([name, value]) => `${name}: ${value}`).join('\n'); }
    getSetCookie() { return this.get('set-cookie') || []; }
    get [Symbol.toStringTag]() { return 'AxiosHeaders'; }

    static from(thing) { return thing instanceof this ? thing : new this(thing); }
    static concat(first, ...others) {
      const made = new this(first);
      for (const other of others) made.set(other);
      return made;
    }
    static accessor(names) {
      for (const name of [].concat(names)) {
        const method = name.toLowerCase().replace(/(?:^|[-_\s]+)([a-z\d])/g, (_, first) => first.toUpperCase());
        for (const verb of ['get', 'set', 'has']) {
          Object.defineProperty(this.prototype, verb + method, { value(...args) { return this[verb](name, ...args); }, configurable: true });
        }
      }
      return this;
    }
  }
  AxiosHeaders.accessor(named);
  module.exports = AxiosHeaders;
})
