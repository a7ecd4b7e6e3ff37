// request 2.88: https://github.com/request/request. The host part is HttpSession.cs.
(function (kit, module, require) {
  'use strict';
  const { Stream } = require('stream');
  const { createHash, randomBytes } = require('crypto');
  const { notAvailable } = require('internal/errors');
  const { Jar, parse: parseCookie } = require('internal/http-cookies');
  const http = require('internal/http-client');
  const url = require('url');
  const qs = require('qs');
  const querystring = require('querystring');
  const zlib = require('zlib');
  const clients = { 'http:': http.create(kit.call, 'http:'), 'https:': http.create(kit.call, 'https:') };
  // The original's limit is 10; here it is that of all HTTP from scripts.
  const mostRedirects = 5;
  const globalJar = new Jar();
  const tlsNames = ['ca', 'cert', 'key', 'pfx', 'passphrase', 'rejectUnauthorized', 'servername'];

  const rfc3986 = (text) => text.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const toBase64 = (text) => kit.BufferClass.from(text || '', 'utf8').toString('base64');
  const md5 = (text) => createHash('md5').update(text).digest('hex');
  const isStream = (value) => typeof value === 'object' && value !== null && typeof value.pipe === 'function';
  const isForm = (type) => /^application\/x-www-form-urlencoded\b/.test(type);
  function stringify(value, replacer) {
    try {
      return JSON.stringify(value, replacer);
    } catch {
      const above = [];
      return JSON.stringify(value, function (key, each) {
        while (above.length && above.at(-1) !== this) above.pop();
        if (typeof each !== 'object' || each === null) return each;
        if (above.includes(each)) return '[Circular ~]';
        above.push(each);
        return each;
      });
    }
  }

  function Request(options) {
    if (!(this instanceof Request)) return new Request(options);
    Stream.call(this);
    for (const name of Object.keys(options)) {
      // Options like `auth` and `form` are also methods.
      if (typeof options[name] !== 'undefined' && !(name in Request.prototype)) this[name] = options[name];
    }
    this.readable = true;
    this.writable = true;
    if (options.method) this.explicitMethod = true;
    const hidden = (name, value) => Object.defineProperty(this, name, { value, writable: true });
    hidden('_authState', { hasAuth: false, sentAuth: false });
    hidden('_redirect', { redirects: [], redirectsFollowed: 0, follow: true, all: false, keepMethod: false, most: 10, allows: () => true });
    this.init(options);
  }
  Object.setPrototypeOf(Request.prototype, Stream.prototype);
  Object.setPrototypeOf(Request, Stream);

  const queryOf = (request, value) => (request.useQuerystring
    ? rfc3986(querystring.stringify(value, request.qsStringifyOptions?.sep, request.qsStringifyOptions?.eq, request.qsStringifyOptions))
    : qs.stringify(value, request.qsStringifyOptions));
  const parseQuery = (request, text) => (request.useQuerystring ? { ...querystring.parse(text) } : qs.parse(text, request.qsParseOptions));

  function joinedUri(request) {
    const { baseUrl, uri } = request;
    if (typeof baseUrl !== 'string') throw new Error('options.baseUrl must be a string');
    if (typeof uri !== 'string') throw new Error('options.uri must be a string when using options.baseUrl');
    if (uri.startsWith('//') || uri.includes('://')) throw new Error('options.uri must be a path when using options.baseUrl');
    if (uri === '') return baseUrl;
    return `${baseUrl.replace(/\/$/, '')}/${uri.replace(/^\//, '')}`;
  }

  Object.assign(Request.prototype, {
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

    _begin() {
      const end = () => {
        if (this._form) {
          if (!this._authState.hasAuth || this._authState.sentAuth) this._form.pipe(this);
        }
        if (this.body) {
          if (isStream(this.body)) this.body.pipe(this);
          else {
            this._setContentLength();
            for (const part of Array.isArray(this.body) ? this.body : [this.body]) this.write(part);
            this.end();
          }
        } else if (!this.src && !this._form) {
          if (!(this._authState.hasAuth && !this._authState.sentAuth) && this.method !== 'GET') this.setHeader('content-length', 0);
          this.end();
        }
      };
      if (this._form && !this.hasHeader('content-length')) {
        for (const [name, value] of Object.entries(this._form.getHeaders())) this.setHeader(name, value);
        this._form.getLength((error, length) => {
          if (!error) this.setHeader('content-length', length);
          end();
        });
      } else end();
      this.ntick = true;
    },

    start() {
      if (this._aborted) return;
      this._started = true;
      this.method ||= 'GET';
      this.href = this.uri.href;
      const tls = { ...this.agentOptions };
      for (const name of tlsNames) if (this[name] !== undefined) tls[name] = this[name];
      try {
        this.req = this.httpModule.request({
          ...tls,
          agent: this.agent || undefined,
          hostname: this.host,
          port: this.port,
          path: this.path,
          method: this.method,
          headers: this.headers,
        });
      } catch (error) {
        this.emit('error', error);
        return;
      }
      this.startTime = Date.now();
      this.req.on('response', (response) => this._onResponse(response));
      this.req.on('error', (error) => {
        if (this._aborted) return;
        this.emit('error', error);
      });
      this.req.on('drain', () => this.emit('drain'));
      this.req.on('socket', (socket) => {
        if (typeof this.timeout === 'number' && Number.isFinite(this.timeout)) {
          this.req.setTimeout(Math.max(this.timeout, 0), () => {
            this.abort();
            this.emit('error', Object.assign(new Error('ESOCKETTIMEDOUT'), { code: 'ESOCKETTIMEDOUT', connect: false }));
          });
        }
        this.emit('socket', socket);
      });
      this.emit('request', this.req);
    },

    _onResponse(response) {
      if (this._aborted) {
        response.resume();
        return;
      }
      this.response = response;
      response.request = this;
      response.toJSON = function toJSON() { return { statusCode: this.statusCode, body: this.body, headers: this.headers, request: this.request.toJSON() }; };
      const find = (name) => Object.keys(response.headers).find((each) => each === name.toLowerCase());
      response.caseless = { dict: response.headers, has: (name) => find(name) ?? false, get: (name) => response.headers[find(name)] };
      if (this._jar) for (const cookie of response.headers['set-cookie'] ?? []) this._jar.setCookie(cookie, this.uri.href);
      if (this._follow(response)) return;
      response.once('end', () => { this._ended = true; });
      const hasBody = this.method !== 'HEAD' && ![204, 304].includes(response.statusCode);
      const encoding = (this.gzip && hasBody && response.headers['content-encoding']?.trim().toLowerCase()) || 'identity';
      const content = encoding === 'gzip' ? response.pipe(zlib.createGunzip()) : encoding === 'deflate' ? response.pipe(zlib.createInflate()) : response;
      if (this.encoding) content.setEncoding(this.encoding);
      if (this._paused) content.pause();
      this.responseContent = content;
      if (this.timing) {
        const total = Date.now() - this.startTime;
        response.elapsedTime = this.elapsedTime = this.elapsedTime + total;
        response.timings = { socket: 0, lookup: 0, connect: 0, response: total, end: total };
        response.timingPhases = { wait: 0, dns: 0, tcp: 0, firstByte: total, download: 0, total };
      }
      this.emit('response', response);
      for (const target of this.dests) this.pipeDest(target);
      content.on('data', (chunk) => {
        this._destdata = true;
        this.emit('data', chunk);
      });
      content.once('end', () => this.emit('end'));
      content.on('error', (error) => this.emit('error', error));
      content.on('close', () => this.emit('close'));
      if (this.callback) this._readBody(response);
      else this.on('end', () => { if (!this._aborted) this.emit('complete', response); });
    },

    _readBody(response) {
      const chunks = [];
      this.on('data', (chunk) => chunks.push(chunk));
      this.on('end', () => {
        if (this._aborted) return;
        if (typeof chunks[0] === 'string') response.body = chunks.join('').replace(/^\ufeff/, this.encoding === 'utf8' ? '' : '\ufeff');
        else if (chunks.length) {
          const bytes = kit.BufferClass.concat(chunks);
          response.body = this.encoding === null ? bytes : bytes.toString(this.encoding);
        }
        if (this._json) {
          try {
            response.body = JSON.parse(response.body, this._jsonReviver);
          } catch {
            // As the original: what is no JSON stays text.
          }
        }
        if (response.body === undefined && !this._json) response.body = this.encoding === null ? kit.BufferClass.alloc(0) : '';
        this.emit('complete', response, response.body);
      });
    },

    /** Asks again where the response says so, and says whether it did. */
    _follow(response) {
      const state = this._redirect;
      const { statusCode: status, headers: { location } } = response;
      let target;
      if (status >= 300 && status < 400 && location !== undefined) {
        if (state.all || (state.follow && !['PATCH', 'PUT', 'POST', 'DELETE'].includes(this.method))) target = location;
      } else if (status === 401) {
        const header = this._authAgain(response);
        if (header) {
          this.setHeader('authorization', header);
          target = this.uri.href;
        }
      }
      if (!target || !state.allows.call(this, response)) return false;
      response.resume();
      if (state.redirectsFollowed >= Math.min(state.most, mostRedirects)) {
        this.emit('error', new Error(`Exceeded maxRedirects. Probably stuck in a redirect loop ${this.uri.href}`));
        return false;
      }
      state.redirectsFollowed += 1;
      const previous = this.uri;
      const next = /^https?:/.test(target) ? target : url.resolve(previous.href, target);
      this.uri = url.parse(next);
      if (this.uri.protocol !== previous.protocol) delete this.agent;
      state.redirects.push({ statusCode: status, redirectUri: next });
      const keeps = status === 401 || status === 307;
      if (state.all && this.method !== 'HEAD' && !keeps && !state.keepMethod) this.method = 'GET';
      for (const name of ['src', 'req', '_started']) delete this[name];
      if (!keeps) {
        delete this.body;
        delete this._form;
        for (const name of ['host', 'content-type', 'content-length']) this.removeHeader(name);
        if (this.uri.hostname !== previous.hostname) {
          for (const name of ['authorization', 'cookie']) this.removeHeader(name);
        }
      }
      if (!state.noReferer) this.setHeader('referer', previous.href);
      this.emit('redirect');
      this.init();
      return true;
    },

    form(form) {
      if (form) {
        if (!isForm(this.getHeader('content-type'))) this.setHeader('content-type', 'application/x-www-form-urlencoded');
        this.body = typeof form === 'string' ? rfc3986(form) : queryOf(this, form);
        return this;
      }
      const FormData = require('form-data');
      this._form = new FormData();
      this._form.on('error', (error) => {
        this.emit('error', Object.assign(error, { message: `form-data: ${error.message}` }));
        this.abort();
      });
      return this._form;
    },
    qs(values, clobber) {
      const base = !clobber && this.uri.query ? parseQuery(this, this.uri.query) : {};
      const text = queryOf(this, Object.assign(base, values));
      if (text === '') return this;
      this.uri = url.parse(`${this.uri.href.split('?')[0]}?${text}`);
      this.url = this.uri;
      this.path = this.uri.path;
      return this;
    },
    json(value) {
      if (!this.hasHeader('accept')) this.setHeader('accept', 'application/json');
      if (typeof this.jsonReplacer === 'function') this._jsonReplacer = this.jsonReplacer;
      if (typeof this.jsonReviver === 'function') this._jsonReviver = this.jsonReviver;
      this._json = true;
      if (typeof value !== 'boolean') this.body = stringify(value, this._jsonReplacer);
      else if (this.body === undefined) return this;
      else this.body = isForm(this.getHeader('content-type')) ? rfc3986(this.body) : stringify(this.body, this._jsonReplacer);
      if (!this.hasHeader('content-type')) this.setHeader('content-type', 'application/json');
      return this;
    },
    auth(user, pass, sendImmediately, bearer) {
      const state = this._authState;
      if (bearer === undefined && user === undefined) {
        this.emit('error', new Error('no auth mechanism defined'));
        return this;
      }
      if (bearer === undefined && (typeof user !== 'string' || (pass !== undefined && typeof pass !== 'string'))) this.emit('error', new Error('auth() received invalid user or password'));
      Object.assign(state, { hasAuth: true, user, pass, bearer });
      if (sendImmediately === undefined || sendImmediately) {
        state.sentAuth = true;
        this.setHeader('authorization', bearer === undefined ? `Basic ${toBase64(`${user}:${pass || ''}`)}` : `Bearer ${(typeof bearer === 'function' ? bearer() : bearer) || ''}`);
      }
      return this;
    },
    _authAgain(response) {
      const state = this._authState;
      if (!state.hasAuth || state.sentAuth) return null;
      const challenge = String(response.headers['www-authenticate'] ?? '');
      state.sentAuth = true;
      switch (challenge.split(' ')[0].toLowerCase()) {
        case 'basic': return `Basic ${toBase64(`${state.user}:${state.pass || ''}`)}`;
        case 'bearer': return `Bearer ${(typeof state.bearer === 'function' ? state.bearer() : state.bearer) || ''}`;
        case 'digest': return digestOf(this.method, this.path, challenge, state);
        default:
          state.sentAuth = false;
          return null;
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

    pipe(target, options) {
      if (this.response) {
        if (this._destdata) {
          this.emit('error', new Error('You cannot pipe after data has been emitted from the response.'));
          return undefined;
        }
        if (this._ended) {
          this.emit('error', new Error('You cannot pipe after the response has been ended.'));
          return undefined;
        }
        Stream.prototype.pipe.call(this, target, options);
        this.pipeDest(target);
        return target;
      }
      this.dests.push(target);
      Stream.prototype.pipe.call(this, target, options);
      return target;
    },
    pipeDest(target) {
      const { response } = this;
      if (target.headers && !target.headersSent && typeof target.setHeader === 'function') {
        for (const name of ['content-type', 'content-length']) if (response.headers[name]) target.setHeader(name, response.headers[name]);
      }
      if (this.pipefilter) this.pipefilter(response, target);
    },
    write(...args) {
      if (this._aborted) return undefined;
      if (!this._started) this.start();
      return this.req?.write(...args);
    },
    end(chunk) {
      if (this._aborted) return;
      if (chunk) this.write(chunk);
      if (!this._started) this.start();
      this.req?.end();
    },
    pause() {
      if (this.responseContent) this.responseContent.pause();
      else this._paused = true;
    },
    resume() {
      if (this.responseContent) this.responseContent.resume();
      else this._paused = false;
    },
    abort() {
      this._aborted = true;
      if (this.req) this.req.abort();
      else this.response?.destroy();
      this.emit('abort');
    },
    destroy() {
      if (!this._ended) this.end();
      else this.response?.destroy();
    },
    toJSON() { return { uri: this.uri, method: this.method, headers: this.headers }; },
  });

  /** RFC 2617, 3.2.2. */
  function digestOf(method, path, header, { user, pass }) {
    const challenge = {};
    for (const [, name, quoted, bare] of header.matchAll(/([a-z0-9_-]+)=(?:"([^"]+)"|([a-z0-9_-]+))/gi)) challenge[name] = quoted || bare;
    const qop = /(^|,)\s*auth\s*($|,)/.test(challenge.qop) && 'auth';
    const nc = qop && '00000001';
    const cnonce = qop && randomBytes(16).toString('hex');
    const first = md5(`${user}:${challenge.realm}:${pass}`);
    const ha1 = challenge.algorithm?.toLowerCase() === 'md5-sess' ? md5(`${first}:${challenge.nonce}:${cnonce}`) : first;
    const ha2 = md5(`${method}:${path}`);
    const response = md5(qop ? `${ha1}:${challenge.nonce}:${nc}:${cnonce}:${qop}:${ha2}` : `${ha1}:${challenge.nonce}:${ha2}`);
    const fields = { username: user, realm: challenge.realm, nonce: challenge.nonce, uri: path, qop, response, nc, cnonce, algorithm: challenge.algorithm, opaque: challenge.opaque };
    return `Digest ${Object.entries(fields).filter(([, value]) => value).map(([name, value]) => (['qop', 'nc', 'algorithm'].includes(name) ? `${name}=${value}` : `${name}="${value}"`)).join(', ')}`;
  }

  /** The ways to call it: (uri, options, callback), (uri, callback), (options, callback). */
  function initParams(uri, options, callback) {
    const call = typeof options === 'function' ? options : callback;
    const params = options !== null && typeof options === 'object' ? { ...options, uri } : typeof uri === 'string' ? { uri } : uri instanceof kit.URL ? { uri } : { ...uri };
    params.callback = call || params.callback;
    return params;
  }

  const isPlain = (value) => typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
  function extended(...sources) {
    const target = {};
    for (const source of sources) {
      for (const name of Object.keys(source ?? {})) {
        const value = source[name];
        if (value === undefined || name === '__proto__') continue;
        if (Array.isArray(value)) target[name] = value.slice();
        else target[name] = isPlain(value) ? extended(isPlain(target[name]) ? target[name] : {}, value) : value;
      }
    }
    return target;
  }

  /** @param makeRequest turns parameters into what a call gives; request-promise brings its own */
  function create(makeRequest) {
    function request(uri, options, callback) {
      if (uri === undefined) throw new Error('undefined is not a valid uri or options object.');
      const params = initParams(uri, options, callback);
      if (params.method === 'HEAD' && (params.body || params.requestBodyStream || (params.json && typeof params.json !== 'boolean') || params.multipart)) {
        throw new Error('HTTP HEAD requests MUST NOT include a request body.');
      }
      return makeRequest(params);
    }
    const verbs = { get: 'GET', head: 'HEAD', options: 'OPTIONS', post: 'POST', put: 'PUT', patch: 'PATCH', del: 'DELETE', delete: 'DELETE' };
    for (const [name, method] of Object.entries(verbs)) {
      request[name] = (uri, options, callback) => {
        const params = { ...initParams(uri, options, callback), method };
        return request(params, params.callback);
      };
    }
    const wrap = (method, options, requester, verb) => (uri, given, callback) => {
      const params = initParams(uri, given, callback);
      const target = extended(options, params);
      if (verb) target.method = verb.toUpperCase();
      return (typeof requester === 'function' ? requester : method)(target, target.callback);
    };
    request.defaults = function defaults(options, requester) {
      const given = typeof options === 'function' ? {} : options || {};
      const make = typeof options === 'function' ? options : requester;
      const made = wrap(this, given, make);
      for (const verb of ['get', 'head', 'post', 'put', 'patch', 'del', 'delete']) made[verb] = wrap(this[verb], given, make, verb === 'del' ? 'delete' : verb);
      made.cookie = this.cookie;
      made.jar = this.jar;
      made.defaults = this.defaults;
      return made;
    };
    request.forever = (agentOptions, options) => request.defaults({ ...options, agentOptions });
    request.jar = () => new Jar();
    request.cookie = parseCookie;
    request.initParams = initParams;
    request.debug = false;
    request.Request = Request;
    return request;
  }

  module.exports = create((params) => new Request(params));
  Object.defineProperty(module.exports, 'create', { value: create });
})
