// request: from the options to a request that can start.
(function (kit, require, parts) {
  'use strict';
  const { notAvailable } = require('internal/errors');
  const { Jar } = require('internal/http-cookies');
  const http = require('internal/http-client');
  const url = require('url');
  const querystring = require('querystring');
  const clients = { 'http:': http.create(kit.call, 'http:'), 'https:': http.create(kit.call, 'https:') };
  const globalJar = new Jar();

  const isStream = (value) => typeof value === 'object' && value !== null && typeof value.pipe === 'function';

  function joinedUri(request) {
    const { baseUrl, uri } = request;
    if (typeof baseUrl !== 'string') throw new Error('options.baseUrl must be a string');
    if (typeof uri !== 'string') throw new Error('options.uri must be a string when using options.baseUrl');
    if (uri.startsWith('//') || uri.includes('://')) throw new Error('options.uri must be a path when using options.baseUrl');
    if (uri === '') return baseUrl;
    return `${baseUrl.replace(/\/$/, '')}/${uri.replace(/^\//, '')}`;
  }

  const initMethods = {
    init(options = {}) {
      this.headers = Object.fromEntries(Object.entries(this.headers ?? {}).filter(([, value]) => value !== undefined));
      this.method ||= options.method || 'GET';
      this.dests ??= [];
      if (!this._callback && this.callback) {
        const call = this.callback;
        this._callback = call;
        this.callback = (...args) => {
          if (this._callbackCalled) return;
          this._callbackCalled = true;
          call.apply(this, args);
        };
        this.on('error', (error) => this.callback(error));
        this.on('complete', (response, body) => this.callback(null, response, body));
      }
      if (!this.uri && this.url) {
        this.uri = this.url;
        delete this.url;
      }
      try {
        this._readUri(options);
      } catch (error) {
        if (this.uri?.faulty) this.abort();
        this.emit('error', error);
        return;
      }
      this._readRedirects(options);
      this._readCookies(options);
      if (!this.uri.port) this.uri.port = this.uri.protocol === 'https:' ? 443 : this.uri.protocol === 'http:' ? 80 : null;
      this.port = this.uri.port;
      this.host = this.uri.hostname;
      if (options.form) this.form(options.form);
      if (options.formData) {
        const form = this.form();
        for (const [name, values] of Object.entries(options.formData)) {
          for (const value of Array.isArray(values) ? values : [values]) {
            if (value && Object.hasOwn(Object(value), 'value') && Object.hasOwn(Object(value), 'options')) form.append(name, value.value, value.options);
            else form.append(name, value);
          }
        }
      }
      if (options.qs) this.qs(options.qs);
      this.path = this.uri.path || `${this.uri.pathname}${this.uri.search || ''}` || '/';
      for (const name of ['aws', 'hawk', 'httpSignature', 'oauth', 'multipart', 'har']) {
        if (options[name]) {
          this.emit('error', notAvailable(`request's option \`${name}\``, 'write the headers or the body yourself.'));
          return;
        }
      }
      if (options.proxy) {
        this.emit('error', notAvailable("request's option `proxy`", 'requests go out directly.'));
        return;
      }
      if (options.auth) this.auth(options.auth.username ?? options.auth.user, options.auth.password ?? options.auth.pass, options.auth.sendImmediately, options.auth.bearer);
      if (this.gzip && !this.hasHeader('accept-encoding')) this.setHeader('accept-encoding', 'gzip, deflate');
      if (this.uri.auth && !this.hasHeader('authorization')) {
        const [user, ...pass] = this.uri.auth.split(':').map((part) => querystring.unescape(part));
        this.auth(user, pass.join(':'), true);
      }
      if (options.json) this.json(options.json);
      if (options.time) {
        this.timing = true;
        this.elapsedTime ||= 0;
      }
      if (this.body && !isStream(this.body)) this._setContentLength();
      this.httpModule = clients[this.uri.protocol];
      if (!this.httpModule) {
        this.emit('error', new Error(`Invalid protocol: ${this.uri.protocol}`));
        return;
      }
      if (this.strictSSL === false) this.rejectUnauthorized = false;
      this.on('pipe', (source) => {
        if (this.ntick && this._started) this.emit('error', new Error('You cannot pipe to this stream after the outbound request has started.'));
        this.src = source;
        for (const name of Object.keys(source.headers ?? {})) if (!this.hasHeader(name)) this.setHeader(name, source.headers[name]);
        if (this._json && !this.hasHeader('content-type')) this.setHeader('content-type', 'application/json');
        if (source.method && !this.explicitMethod) this.method = source.method;
      });
      // Until the next turn listeners and .auth(), .form(), .json() can be added.
      setImmediate(() => { if (!this._aborted) kit.guard(() => this._begin()); });
    },

    _readUri(options) {
      if (this.baseUrl) {
        this.uri = joinedUri(this);
        delete this.baseUrl;
      }
      if (!this.uri) throw new Error('options.uri is a required argument');
      if (typeof this.uri === 'string') this.uri = url.parse(this.uri);
      else if (this.uri instanceof kit.URL) this.uri = url.parse(this.uri.href);
      if (!this.uri.href) this.uri.href = url.format(this.uri);
      if (this.uri.protocol === 'unix:' || this.uri.host === 'unix') throw notAvailable('A Unix socket', 'a script reaches hosts by name and port.');
      this.uri.pathname ||= '/';
      if (!this.uri.host && !(this.uri.hostname && this.uri.port)) {
        const text = url.format(this.uri);
        Object.defineProperty(this.uri, 'faulty', { value: true });
        throw new Error(`Invalid URI "${text}"${Object.keys(options).length === 0 ? '. This can be caused by a crappy redirection.' : ''}`);
      }
    },

    _readRedirects(options) {
      const state = this._redirect;
      if (options.maxRedirects !== undefined) state.most = options.maxRedirects;
      if (typeof options.followRedirect === 'function') state.allows = options.followRedirect;
      if (options.followRedirect !== undefined) state.follow = Boolean(options.followRedirect);
      if (options.followAllRedirects !== undefined) state.all = options.followAllRedirects;
      if (options.removeRefererHeader !== undefined) state.noReferer = options.removeRefererHeader;
      if (options.followOriginalHttpMethod !== undefined) state.keepMethod = options.followOriginalHttpMethod;
    },

    _readCookies(options) {
      const jar = this._jar ?? (options.jar === true ? globalJar : options.jar);
      if (this._redirect.redirectsFollowed === 0) this._ownCookies = this.getHeader('cookie');
      if (!jar) return;
      this.jar(jar);
    },

    _setContentLength() {
      if (this.hasHeader('content-length')) return;
      const { body } = this;
      const length = typeof body === 'string' ? kit.BufferClass.byteLength(body)
        : Array.isArray(body) ? body.reduce((sum, part) => sum + part.length, 0) : ArrayBuffer.isView(body) ? body.byteLength : body.length;
      if (length) this.setHeader('content-length', length);
      else {
        // The original goes on and breaks down when it writes the body.
        this._aborted = true;
        this.emit('error', new Error('Argument error, options.body.'));
      }
    },

    jar(jar) {
      this._jar = jar === true ? globalJar : jar;
      const cookies = this._jar?.getCookieString?.(this.uri.href);
      if (cookies) this.setHeader('cookie', this._ownCookies ? `${this._ownCookies}; ${cookies}` : cookies);
      return this;
    },


    setHeader(name, value) {
      this.headers[this.hasHeader(name) || name] = value;
      return this;
    },
    getHeader(name, headers = this.headers) { return headers[Object.keys(headers).findLast((key) => key.toLowerCase() === name.toLowerCase())]; },
    hasHeader(name) { return Object.keys(this.headers).find((key) => key.toLowerCase() === name.toLowerCase()) ?? false; },
    removeHeader(name) {
      const known = this.hasHeader(name);
      return known ? delete this.headers[known] : false;
    },
  };

  return { isStream, initMethods };
})
