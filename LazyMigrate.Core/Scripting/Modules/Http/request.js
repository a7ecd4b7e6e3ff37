// request: https://github.com/request/request. The host part is HttpSession.cs; the certificate of the server is always verified.
(function (kit, module, require) {
  'use strict';
  const EventEmitter = require('events');
  let lastRequest = 0;

  const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

  /** As the package qs writes them: a[0]=1, a[b]=c. */
  function queryOf(value, prefix) {
    return Object.keys(value).flatMap((key) => {
      const item = value[key];
      const name = prefix ? `${prefix}[${key}]` : key;
      if (item === undefined) return [];
      if (item instanceof Date) return [`${encode(name)}=${encode(item.toISOString())}`];
      if (typeof item === 'object' && item !== null) return queryOf(item, name);
      return [`${encode(name)}=${encode(item ?? '')}`];
    });
  }

  class Request extends EventEmitter {
    constructor(options) {
      super();
      this.options = options;
      this.headers = {};
      for (const name of Object.keys(options.headers ?? {})) this.setHeader(name, options.headers[name]);
      this.method = String(options.method ?? 'GET').toUpperCase();
      this.callback = options.callback;
      // On the next turn, as the original: until then listeners and .auth(), .form(), .json() can be added.
      setImmediate(() => { this.#send(); });
    }

    setHeader(name, value) {
      if (value !== undefined && value !== null) this.headers[name.toLowerCase()] = String(value);
      return this;
    }
    auth(user, pass, sendImmediately, bearer) {
      this.options.auth = typeof user === 'object' && user !== null ? user : { user, pass, bearer };
      return this;
    }
    form(form) {
      this.options.form = form;
      return this;
    }
    json(value) {
      this.options.json = value;
      return this;
    }
    qs(value) {
      this.options.qs = { ...this.options.qs, ...value };
      return this;
    }
    abort() {
      this.aborted = true;
      if (this.id) kit.call('abort', { id: this.id }).catch(() => {});
    }
    pipe() { throw new Error('request: streams are not available; use the callback.'); }
    toJSON() { return { uri: this.uri, method: this.method, headers: this.headers }; }

    #address() {
      const { options } = this;
      const given = options.uri ?? options.url;
      if (given === undefined || given === null) throw new Error('undefined is not a valid uri or options object.');
      const text = typeof given === 'object' && !(given instanceof kit.URL) ? given.href ?? kit.URL.parse(String(given))?.href : String(given);
      const url = new kit.URL(options.baseUrl ? `${String(options.baseUrl).replace(/\/$/, '')}/${text.replace(/^\//, '')}` : text);
      if (url.username || url.password) {
        options.auth ??= { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
        url.username = '';
        url.password = '';
      }
      if (options.qs && Object.keys(options.qs).length) url.search = [url.search.slice(1), ...queryOf(options.qs)].filter(Boolean).join('&');
      url.hash = '';
      return url;
    }

    #body() {
      const { options } = this;
      const type = (value) => { if (!this.headers['content-type']) this.headers['content-type'] = value; };
      if (options.form !== undefined) {
        type('application/x-www-form-urlencoded');
        return typeof options.form === 'string' ? options.form : queryOf(options.form).join('&');
      }
      const isJson = options.json !== undefined && options.json !== false;
      if (isJson && !this.headers.accept) this.headers.accept = 'application/json';
      const value = typeof options.json === 'object' && options.json !== null ? options.json : options.body;
      if (value === undefined || value === null) return null;
      if (isJson && !ArrayBuffer.isView(value)) {
        type('application/json');
        return JSON.stringify(value);
      }
      if (typeof value !== 'string' && !ArrayBuffer.isView(value)) throw new Error('Argument error, options.body.');
      return value;
    }

    async #ask() {
      const { options } = this;
      const url = this.#address();
      this.uri = { href: url.href, host: url.host, hostname: url.hostname, port: url.port, protocol: url.protocol, pathname: url.pathname, path: `${url.pathname}${url.search}` };
      this.href = url.href;
      const body = this.#body();
      const { auth } = options;
      if (auth) {
        const bearer = typeof auth.bearer === 'function' ? auth.bearer() : auth.bearer;
        this.headers.authorization = bearer === undefined
          ? `Basic ${kit.BufferClass.from(`${auth.user ?? auth.username ?? ''}:${auth.pass ?? auth.password ?? ''}`).toString('base64')}`
          : `Bearer ${bearer}`;
      }
      if (this.aborted) return undefined;
      this.id = ++lastRequest;
      // The original follows redirects of GET and HEAD only, unless told otherwise.
      const follow = options.followAllRedirects === true || (options.followRedirect !== false && ['GET', 'HEAD'].includes(this.method));
      const reply = await kit.call('fetch', {
        id: this.id,
        url: url.href,
        method: this.method,
        headers: Object.entries(this.headers),
        body: body === null ? null : kit.toBase64(kit.toBytes(body)),
        redirect: follow ? 'follow' : 'manual',
        timeout: options.timeout > 0 ? Math.ceil(options.timeout) : null,
      });
      const headers = {};
      for (const [name, value] of reply.headers) {
        if (name === 'set-cookie') headers[name] = [...headers[name] ?? [], value];
        else headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
      }
      return { statusCode: reply.status, statusMessage: reply.statusText, headers, request: this, bytes: kit.fromBase64(reply.body) };
    }

    async #send() {
      let response;
      try {
        response = await this.#ask();
      } catch (error) {
        if (this.aborted) return;
        if (this.callback) kit.guard(this.callback, error);
        else kit.guard(() => this.emit('error', error));
        return;
      }
      if (this.aborted || !response) return;
      const { bytes, ...rest } = response;
      const { encoding } = this.options;
      let body = encoding === null ? bytes : bytes.toString(encoding ?? 'utf8');
      if (this.options.json !== undefined && this.options.json !== false && typeof body === 'string') {
        try {
          body = JSON.parse(body);
        } catch {
          // As the original: what is no JSON stays text.
        }
      }
      const message = Object.assign(new EventEmitter(), rest, { body, toJSON: () => ({ statusCode: rest.statusCode, headers: rest.headers, body }) });
      this.response = message;
      kit.guard(() => {
        this.emit('response', message);
        this.emit('data', bytes);
        message.emit('data', bytes);
        message.emit('end');
        this.emit('end');
        this.emit('complete', message, body);
      });
      if (this.callback) kit.guard(this.callback, null, message, body);
    }
  }

  /** The ways to call it: (uri, options, callback), (uri, callback), (options, callback). */
  function readOptions(defaults, method, uri, options, callback) {
    const call = [uri, options, callback].find((each) => typeof each === 'function');
    const named = typeof uri === 'string' || uri instanceof kit.URL ? { uri } : { ...uri };
    const given = { ...defaults, ...(typeof options === 'object' ? options : undefined), ...named };
    return {
      ...given,
      headers: { ...defaults.headers, ...given.headers },
      method: method ?? given.method,
      callback: call ?? given.callback,
    };
  }

  function create(defaults) {
    const ask = (method) => (uri, options, callback) => new Request(readOptions(defaults, method, uri, options, callback));
    const request = Object.assign(ask(undefined), {
      get: ask('GET'), head: ask('HEAD'), post: ask('POST'), put: ask('PUT'), patch: ask('PATCH'), del: ask('DELETE'), delete: ask('DELETE'), options: ask('OPTIONS'),
      defaults: (options) => create({ ...defaults, ...options, headers: { ...defaults.headers, ...options?.headers } }),
      jar: () => ({}),
      Request,
    });
    request.request = request;
    return request;
  }

  module.exports = create({});
})
