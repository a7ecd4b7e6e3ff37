// The Fetch Standard as Node has it, without streams: https://undici.nodejs.org/#/. The host part is HttpSession.cs.
(function (kit, module, require) {
  'use strict';
  const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
  const noBody = [204, 205, 304];
  const { headersOf, tlsOf, send } = require('internal/http-exchange');
  const { Blob, File, FormData, multipart, bytesOf: bytesOfBlob } = require('internal/web-forms');

  const headerName = (name) => {
    const text = String(name);
    if (!tokenPattern.test(text)) throw new TypeError(`Headers: "${text}" is an invalid header name.`);
    return text.toLowerCase();
  };
  const headerValue = (value) => {
    const text = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
    if (/[\0\r\n]/.test(text)) throw new TypeError('Headers: an invalid header value.');
    return text;
  };

  class Headers {
    #values = new Map();

    constructor(init) {
      if (init === undefined || init === null) return;
      if (typeof init[Symbol.iterator] === 'function') {
        for (const [name, value] of init) this.append(name, value);
      } else {
        for (const name of Object.keys(init)) {
          if (init[name] !== undefined && init[name] !== null) for (const value of [].concat(init[name])) this.append(name, value);
        }
      }
    }

    append(name, value) {
      const key = headerName(name);
      this.#values.set(key, [...this.#values.get(key) ?? [], headerValue(value)]);
    }
    set(name, value) { this.#values.set(headerName(name), [headerValue(value)]); }
    delete(name) { this.#values.delete(headerName(name)); }
    get(name) { return this.#values.get(headerName(name))?.join(', ') ?? null; }
    has(name) { return this.#values.has(headerName(name)); }
    getSetCookie() { return [...this.#values.get('set-cookie') ?? []]; }
    /** node-fetch 2: every header with the list of its values. */
    raw() { return Object.fromEntries(this.#values); }
    forEach(callback, self) { for (const [name, value] of this) callback.call(self, value, name, this); }
    *entries() {
      for (const [name, values] of [...this.#values].sort(([a], [b]) => (a < b ? -1 : 1))) {
        if (name === 'set-cookie') for (const value of values) yield [name, value];
        else yield [name, values.join(', ')];
      }
    }
    *keys() { for (const [name] of this.entries()) yield name; }
    *values() { for (const [, value] of this.entries()) yield value; }
    [Symbol.iterator]() { return this.entries(); }
    get [Symbol.toStringTag]() { return 'Headers'; }
  }

  /** The bytes of a body, and the type that it has unless the headers say another. */
  function readBody(body) {
    if (body === undefined || body === null) return { bytes: null };
    if (body instanceof URLSearchParams || body instanceof kit.URLSearchParams) {
      return { bytes: kit.toBytes(body.toString()), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
    }
    if (body instanceof FormData) return multipart(body);
    if (body instanceof Blob) return { bytes: bytesOfBlob(body), type: body.type || undefined };
    if (body instanceof ArrayBuffer) return { bytes: new Uint8Array(body.slice(0)) };
    if (ArrayBuffer.isView(body)) return { bytes: new Uint8Array(kit.toBytes(body)) };
    return { bytes: kit.toBytes(String(body)), type: 'text/plain;charset=UTF-8' };
  }

  // Set inside the classes, because they read private fields.
  let bytesOf;
  let received;

  class Body {
    #bytes;
    #used = false;

    constructor(bytes) { this.#bytes = bytes; }

    get bodyUsed() { return this.#used; }
    get body() { return null; }

    #take() {
      if (this.#used) throw new TypeError('Body is unusable: Body has already been read');
      this.#used = this.#bytes !== null;
      return this.#bytes ?? new Uint8Array(0);
    }

    async text() { return new TextDecoder().decode(this.#take()); }
    async json() { return JSON.parse(await this.text()); }
    async bytes() { return new Uint8Array(this.#take()); }
    async arrayBuffer() { return (await this.bytes()).buffer; }
    async blob() { return new Blob([this.#take()], { type: this.headers.get('content-type') ?? '' }); }
    /** node-fetch 2. */
    async buffer() { return kit.BufferClass.from(this.#take()); }

    static {
      bytesOf = (from) => {
        if (from.#used) throw new TypeError('Body is unusable: Body has already been read');
        return from.#bytes;
      };
    }
  }

  class Request extends Body {
    #init;

    constructor(input, init = {}) {
      const base = input instanceof Request ? input : undefined;
      const url = new kit.URL(base ? base.url : String(input));
      if (url.username || url.password) throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${url.origin}`);
      const method = String(init.method ?? base?.method ?? 'GET');
      const normalized = /^(?:get|head|post|put|delete|options)$/i.test(method) ? method.toUpperCase() : method;
      const { bytes, type } = init.body === undefined && base ? { bytes: bytesOf(base) } : readBody(init.body);
      if (bytes !== null && (normalized === 'GET' || normalized === 'HEAD')) throw new TypeError('Request with GET/HEAD method cannot have body.');
      super(bytes);
      const headers = new Headers(init.headers ?? base?.headers);
      if (type && !headers.has('content-type')) headers.set('content-type', type);
      url.hash = '';
      this.#init = { url: url.href, method: normalized, headers, redirect: init.redirect ?? base?.redirect ?? 'follow', signal: init.signal ?? base?.signal ?? null };
    }

    get url() { return this.#init.url; }
    get method() { return this.#init.method; }
    get headers() { return this.#init.headers; }
    get redirect() { return this.#init.redirect; }
    get signal() { return this.#init.signal; }
    clone() { return new Request(this); }
    get [Symbol.toStringTag]() { return 'Request'; }
  }

  class Response extends Body {
    #init;

    constructor(body = null, init = {}) {
      const status = init.status ?? 200;
      if (status < 200 || status > 599) throw new RangeError('The status provided must be in the range of 200 to 599.');
      const { bytes, type } = readBody(body);
      super(bytes);
      const headers = new Headers(init.headers);
      if (type && !headers.has('content-type')) headers.set('content-type', type);
      this.#init = { status, statusText: String(init.statusText ?? ''), headers, url: '', redirected: false, type: 'default' };
    }

    static {
      received = ({ status, statusText, headers, body, url, redirected }) => {
        const response = new Response(noBody.includes(status) ? null : body, { status, statusText, headers });
        Object.assign(response.#init, { url, redirected, type: 'basic' });
        return response;
      };
    }

    static json(data, init = {}) {
      const headers = new Headers(init.headers);
      if (!headers.has('content-type')) headers.set('content-type', 'application/json');
      return new Response(JSON.stringify(data), { ...init, headers });
    }

    get status() { return this.#init.status; }
    get ok() { return this.status >= 200 && this.status <= 299; }
    get statusText() { return this.#init.statusText; }
    get headers() { return this.#init.headers; }
    get url() { return this.#init.url; }
    get redirected() { return this.#init.redirected; }
    get type() { return this.#init.type; }
    clone() {
      const copy = new Response(bytesOf(this), { status: this.status, statusText: this.statusText, headers: this.headers });
      Object.assign(copy.#init, { url: this.url, redirected: this.redirected, type: this.type });
      return copy;
    }
    get [Symbol.toStringTag]() { return 'Response'; }
  }

  /** Carries TLS options, as https://undici.nodejs.org/#/docs/api/Agent does; connections are LazyMigrate's own. */
  class Dispatcher {
    #options;
    constructor(options) { this.#options = options; }
    close() { return Promise.resolve(); }
    destroy() { return Promise.resolve(); }
    get closed() { return false; }
    get destroyed() { return false; }
    static tlsOf(dispatcher) { return dispatcher instanceof Dispatcher ? tlsOf(dispatcher.#options?.connect) : tlsOf(); }
  }
  class Agent extends Dispatcher {}
  class Pool extends Dispatcher {
    #origin;
    constructor(origin, options) {
      super(options);
      this.#origin = origin;
    }
    request({ path, ...options }, callback) { return kit.answer(request(new kit.URL(path, this.#origin), { ...options, dispatcher: this }), callback); }
  }
  class Client extends Pool {}
  let globalDispatcher = new Agent();
  const unavailable = (name) => class { constructor() { throw require('internal/errors').notAvailable(`undici's ${name}`, 'requests go out directly.'); } };

  const reasons = {
    ERR_REDIRECT: 'unexpected redirect',
    ERR_FR_TOO_MANY_REDIRECTS: 'redirect count exceeded',
  };

  async function fetch(input, init) {
    const request = new Request(input, init);
    const { signal } = request;
    signal?.throwIfAborted();
    const headers = new Headers(request.headers);
    for (const [name, value] of [['accept', '*/*'], ['accept-language', '*'], ['sec-fetch-mode', 'cors'], ['user-agent', 'node'], ['accept-encoding', request.url.startsWith('https:') ? 'br, gzip, deflate' : 'gzip, deflate']]) {
      if (!headers.has(name)) headers.set(name, value);
    }
    const asked = send(kit.call, {
      url: request.url,
      method: request.method,
      headers: [...headers],
      body: bytesOf(request),
      redirect: request.redirect,
      decompress: true,
      timeout: typeof init?.timeout === 'number' ? init.timeout : null,
      tls: Dispatcher.tlsOf(init?.dispatcher ?? globalDispatcher),
    });
    signal?.addEventListener('abort', asked.abort);
    try {
      return received(await asked.reply);
    } catch (cause) {
      signal?.throwIfAborted();
      if (cause.code in reasons) cause.message = reasons[cause.code];
      // Node says only "fetch failed"; the reason is what the administrator needs.
      throw Object.assign(new TypeError(`fetch failed: ${cause.message}`, { cause }), { code: cause.code });
    } finally {
      signal?.removeEventListener('abort', asked.abort);
    }
  }

  /** undici.request: no redirects, and the body with its mixin. */
  async function request(input, options = {}) {
    const url = new kit.URL(typeof input === 'object' && !(input instanceof kit.URL) ? `${input.origin ?? `${input.protocol}//${input.hostname}:${input.port ?? ''}`}${input.path ?? ''}` : input);
    for (const [name, value] of Object.entries(options.query ?? {})) for (const each of [].concat(value)) url.searchParams.append(name, each);
    const { bytes } = readBody(options.body);
    const given = Array.isArray(options.headers) ? options.headers.flatMap((name, i) => (i % 2 ? [] : [[name, options.headers[i + 1]]])) : Object.entries(options.headers ?? {});
    options.signal?.throwIfAborted();
    const asked = send(kit.call, {
      url: url.href,
      method: options.method ?? (bytes === null ? 'GET' : 'POST'),
      headers: given.flatMap(([name, value]) => [].concat(value).map((each) => [name, String(each)])),
      body: bytes,
      redirect: options.maxRedirections > 0 ? 'follow' : 'manual',
      redirects: options.maxRedirections,
      timeout: options.headersTimeout ?? options.bodyTimeout,
      tls: Dispatcher.tlsOf(options.dispatcher ?? globalDispatcher),
    });
    options.signal?.addEventListener('abort', asked.abort);
    let reply;
    try {
      reply = await asked.reply;
    } catch (error) {
      options.signal?.throwIfAborted();
      throw error;
    }
    const { Readable } = require('stream');
    const body = Readable.from(reply.body.length ? [reply.body] : [], { objectMode: false });
    const whole = new Response(reply.body);
    for (const name of ['text', 'json', 'bytes', 'arrayBuffer']) Object.defineProperty(body, name, { value: () => whole[name]() });
    Object.defineProperty(body, 'dump', { value: async () => {} });
    return { statusCode: reply.status, headers: headersOf(reply.headers), trailers: {}, opaque: null, body, context: {} };
  }

  module.exports = {
    fetch, Headers, Request, Response, FormData, File, request, Dispatcher, Agent, Pool, Client,
    setGlobalDispatcher: (dispatcher) => { globalDispatcher = dispatcher; },
    getGlobalDispatcher: () => globalDispatcher,
    ProxyAgent: unavailable('ProxyAgent'),
    EnvHttpProxyAgent: unavailable('EnvHttpProxyAgent'),
  };
})
