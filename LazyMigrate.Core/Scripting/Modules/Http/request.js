// request 2.88: https://github.com/request/request. The host part is HttpSession.cs.
(function (kit, module, require, parts) {
  'use strict';
  const { Stream } = require('stream');
  const { isStream, initMethods, responseMethods, bodyMethods, authMethods, create } = parts;
  const tlsNames = ['ca', 'cert', 'key', 'pfx', 'passphrase', 'rejectUnauthorized', 'servername'];

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

  Object.assign(Request.prototype, initMethods, responseMethods, bodyMethods, authMethods, {
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

  const createWith = (makeRequest) => create(Request, makeRequest);
  module.exports = createWith((params) => new Request(params));
  Object.defineProperty(module.exports, 'create', { value: createWith });
})
