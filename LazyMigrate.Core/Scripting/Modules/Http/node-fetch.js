// node-fetch 2, cross-fetch and isomorphic-fetch: https://github.com/node-fetch/node-fetch/tree/2.x. The host part is HttpSession.cs.
(function (kit, module, require) {
  'use strict';
  const { Readable, Stream } = require('stream');
  const url = require('url');
  const { tlsOf, send } = require('internal/http-exchange');
  const redirects = [301, 302, 303, 307, 308];
  const token = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;

  function errorType(name, prepare) {
    function Type(message, ...args) {
      Error.call(this, message);
      this.message = message;
      prepare(this, ...args);
      Error.captureStackTrace(this, Type);
    }
    Object.defineProperty(Type, 'name', { value: name });
    Type.prototype = Object.create(Error.prototype, { constructor: { value: Type, writable: true, configurable: true }, name: { value: name, writable: true, configurable: true } });
    return Type;
  }
  const FetchError = errorType('FetchError', (error, type, cause) => {
    error.type = type;
    if (cause) error.code = error.errno = cause.code;
  });
  const AbortError = errorType('AbortError', (error) => { error.type = 'aborted'; });

  const checkName = (name) => {
    if (!token.test(name)) throw new TypeError(`${name} is not a legal HTTP header name`);
    return String(name);
  };
  const checkValue = (value) => {
    const text = String(value);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(text)) throw new TypeError(`${text} is not a legal HTTP header value`);
    return text;
  };

  class Headers {
    #values = new Map();
    constructor(init) {
      if (init === undefined || init === null) return;
      if (typeof init !== 'object') throw new TypeError('Provided initializer must be an object');
      if (init instanceof Headers) for (const [name, values] of Object.entries(init.raw())) for (const value of values) this.append(name, value);
      else if (typeof init[Symbol.iterator] === 'function') {
        for (const pair of init) {
          if (typeof pair !== 'object' || typeof pair[Symbol.iterator] !== 'function') throw new TypeError('Each header pair must be iterable');
          const [name, value, ...more] = [...pair];
          if (value === undefined || more.length) throw new TypeError('Each header pair must be a name/value tuple');
          this.append(name, value);
        }
      } else for (const name of Object.keys(init)) this.set(name, init[name]);
    }
    #find(name) { return [...this.#values.keys()].find((key) => key.toLowerCase() === checkName(name).toLowerCase()); }
    get(name) {
      const key = this.#find(name);
      return key === undefined ? null : this.#values.get(key).join(', ');
    }
    has(name) { return this.#find(name) !== undefined; }
    set(name, value) { this.#values.set(this.#find(name) ?? checkName(name), [checkValue(value)]); }
    append(name, value) {
      const key = this.#find(name) ?? checkName(name);
      this.#values.set(key, [...this.#values.get(key) ?? [], checkValue(value)]);
    }
    delete(name) { this.#values.delete(this.#find(name)); }
    raw() { return Object.assign(Object.create(null), Object.fromEntries(this.#values)); }
    forEach(callback, self) { for (const [name, value] of this) callback.call(self, value, name, this); }
    *entries() { for (const [name, values] of [...this.#values].map(([key, values]) => [key.toLowerCase(), values]).sort(([a], [b]) => (a < b ? -1 : 1))) yield [name, values.join(', ')]; }
    *keys() { for (const [name] of this.entries()) yield name; }
    *values() { for (const [, value] of this.entries()) yield value; }
    [Symbol.iterator]() { return this.entries(); }
    get [Symbol.toStringTag]() { return 'Headers'; }
  }

  const isParams = (body) => body instanceof kit.URLSearchParams;
  const isStream = (body) => body instanceof Stream || typeof body?.pipe === 'function';
  function typeOf(body) {
    if (body === null || body === undefined || body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return null;
    if (isParams(body)) return 'application/x-www-form-urlencoded;charset=UTF-8';
    if (typeof body.getBoundary === 'function') return `multipart/form-data;boundary=${body.getBoundary()}`;
    return isStream(body) ? null : 'text/plain;charset=UTF-8';
  }
  function storedOf(body) {
    if (body === null || body === undefined) return null;
    if (body instanceof ArrayBuffer) return kit.BufferClass.from(new Uint8Array(body));
    if (ArrayBuffer.isView(body)) return kit.BufferClass.from(kit.toBytes(body));
    return isStream(body) ? body : kit.BufferClass.from(String(body));
  }
  async function bytesOf(stored) {
    if (!isStream(stored)) return stored;
    if (typeof stored._all === 'function') return stored._all();
    const chunks = [];
    for await (const chunk of stored) chunks.push(kit.BufferClass.from(chunk));
    return kit.BufferClass.concat(chunks);
  }

  class Body {
    #body;
    #used = false;
    constructor(body, { size = 0, timeout = 0 } = {}) {
      this.#body = storedOf(body);
      this.size = size;
      this.timeout = timeout;
    }
    get body() { return this.#body; }
    get bodyUsed() { return this.#used; }
    async buffer() {
      if (this.#used) throw new TypeError(`body used already for: ${this.url}`);
      this.#used = true;
      const bytes = (await bytesOf(this.#body)) ?? kit.BufferClass.alloc(0);
      if (this.size && bytes.length > this.size) throw new FetchError(`content size at ${this.url} over limit: ${this.size}`, 'max-size');
      return bytes;
    }
    async text() { return (await this.buffer()).toString(); }
    async json() {
      const text = await this.text();
      try {
        return JSON.parse(text);
      } catch (error) {
        throw new FetchError(`invalid json response body at ${this.url} reason: ${error.message}`, 'invalid-json');
      }
    }
    async arrayBuffer() {
      const bytes = await this.buffer();
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    }
    /** A second body of the same bytes, for clone(). */
    static copied(from) {
      if (from.bodyUsed) throw new Error('cannot clone body after it is used');
      return from._bytes ?? from.#body;
    }
  }

  class Response extends Body {
    #init;
    constructor(body = null, init = {}) {
      super(body, init);
      const headers = new Headers(init.headers);
      const type = typeOf(body);
      if (type && !headers.has('Content-Type')) headers.append('Content-Type', type);
      this.#init = { url: init.url, status: init.status || 200, statusText: init.statusText ?? { 200: 'OK' }[init.status || 200] ?? '', headers, counter: init.counter };
    }
    get url() { return this.#init.url || ''; }
    get status() { return this.#init.status; }
    get ok() { return this.status >= 200 && this.status < 300; }
    get redirected() { return this.#init.counter > 0; }
    get statusText() { return this.#init.statusText; }
    get headers() { return this.#init.headers; }
    clone() {
      const bytes = Body.copied(this);
      return received(bytes, { ...this.#init, size: this.size, timeout: this.timeout });
    }
    get [Symbol.toStringTag]() { return 'Response'; }
  }
  const received = (bytes, init) => {
    const response = new Response(bytes === null ? null : Readable.from(bytes.length ? [bytes] : [], { objectMode: false }), init);
    Object.defineProperty(response, '_bytes', { value: bytes });
    return response;
  };

  class Request extends Body {
    #init;
    constructor(input, init = {}) {
      const base = input instanceof Request ? input : undefined;
      const parsed = base ? url.parse(base.url) : url.parse(typeof input === 'object' && input?.href ? input.href : String(input));
      const method = String(init.method || base?.method || 'GET').toUpperCase();
      const given = init.body ?? (base && base.body !== null ? Body.copied(base) : null);
      if (given !== null && (method === 'GET' || method === 'HEAD')) throw new TypeError('Request with GET/HEAD method cannot have body');
      super(given, { timeout: init.timeout || base?.timeout || 0, size: init.size || base?.size || 0 });
      const headers = new Headers(init.headers || base?.headers || {});
      const type = typeOf(init.body ?? null);
      if (type && !headers.has('Content-Type')) headers.append('Content-Type', type);
      const signal = 'signal' in init ? init.signal : base?.signal;
      if (signal !== null && signal !== undefined && typeof signal.addEventListener !== 'function') throw new TypeError('Expected signal to be an instanceof AbortSignal');
      this.#init = { method, redirect: init.redirect || base?.redirect || 'follow', headers, parsed, signal };
      this.follow = init.follow ?? base?.follow ?? 20;
      this.compress = init.compress ?? base?.compress ?? true;
      this.counter = init.counter || base?.counter || 0;
      this.agent = init.agent || base?.agent;
    }
    get method() { return this.#init.method; }
    get url() { return url.format(this.#init.parsed); }
    get parsed() { return this.#init.parsed; }
    get headers() { return this.#init.headers; }
    get redirect() { return this.#init.redirect; }
    get signal() { return this.#init.signal; }
    clone() { return new Request(this); }
    get [Symbol.toStringTag]() { return 'Request'; }
  }
  for (const name of ['parsed']) Object.defineProperty(Request.prototype, name, { enumerable: false });

  function headersFor(request, parsed) {
    const headers = new Headers(request.headers);
    if (!headers.has('Accept')) headers.set('Accept', '*/*');
    if (!headers.has('User-Agent')) headers.set('User-Agent', 'node-fetch/1.0 (+https://github.com/bitinn/node-fetch)');
    if (request.compress && !headers.has('Accept-Encoding')) headers.set('Accept-Encoding', 'gzip,deflate');
    if (parsed.auth && !headers.has('Authorization')) headers.set('Authorization', `Basic ${kit.BufferClass.from(parsed.auth).toString('base64')}`);
    return Object.entries(headers.raw()).flatMap(([name, values]) => values.map((value) => [name, value]));
  }

  async function fetch(input, options) {
    const request = new Request(input, options);
    const { parsed, signal } = request;
    if (!parsed.protocol || !parsed.hostname) throw new TypeError('Only absolute URLs are supported');
    if (!/^https?:$/.test(parsed.protocol)) throw new TypeError('Only HTTP(S) protocols are supported');
    const aborted = () => new AbortError('The user aborted a request.');
    if (signal?.aborted) throw aborted();
    const agent = typeof request.agent === 'function' ? request.agent(parsed) : request.agent;
    if (agent?.proxy) throw new FetchError(`request to ${request.url} failed, reason: a proxy is not available in LazyMigrate's scripts`, 'system');
    const asked = send(kit.call, {
      url: url.format({ ...parsed, auth: null, hash: null }),
      method: request.method,
      headers: headersFor(request, parsed),
      body: await bytesOf(request.body),
      redirect: request.redirect,
      redirects: request.follow,
      decompress: request.compress,
      timeout: request.timeout,
      tls: tlsOf(agent?.options),
    });
    let stop;
    const stopped = new Promise((resolve, reject) => {
      stop = () => {
        asked.abort();
        reject(aborted());
      };
    });
    stopped.catch(() => {});
    signal?.addEventListener('abort', stop);
    try {
      const reply = await Promise.race([asked.reply, stopped]);
      return received(reply.body, {
        url: reply.url, status: reply.status, statusText: reply.statusText, headers: new Headers(reply.headers.map(([name, value]) => [name.toLowerCase(), value])), size: request.size, timeout: request.timeout, counter: reply.redirected ? 1 : 0,
      });
    } catch (error) {
      throw failureOf(error, request);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  function failureOf(error, request) {
    if (error instanceof AbortError) return error;
    if (error.code === 'ETIMEDOUT' && request.timeout) return new FetchError(`network timeout at: ${request.url}`, 'request-timeout');
    if (error.code === 'ERR_FR_TOO_MANY_REDIRECTS') return new FetchError(`maximum redirect reached at: ${error.url}`, 'max-redirect');
    if (error.code === 'ERR_REDIRECT') return new FetchError(`uri requested responds with a redirect, redirect mode is set to error: ${request.url}`, 'no-redirect');
    if (error.code === 'ECONNRESET' && error.message === 'aborted') return new FetchError(`Invalid response body while trying to fetch ${request.url}: aborted`, 'system', error);
    return new FetchError(`request to ${request.url} failed, reason: ${error.message}`, 'system', error);
  }
  fetch.isRedirect = (status) => redirects.includes(status);
  fetch.Promise = Promise;

  module.exports = Object.assign(fetch, { default: fetch, fetch, Headers, Request, Response, FetchError, AbortError });
  Object.defineProperty(module.exports, '__esModule', { value: true });
})
