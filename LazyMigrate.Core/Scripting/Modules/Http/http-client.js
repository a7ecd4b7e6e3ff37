// The client half of Node's http and https: https://nodejs.org/api/http.html. A request is sent when its body has ended, and its
// response is there when all of it has arrived.
(function (kit, module, require) {
  'use strict';
  const EventEmitter = require('events');
  const { Readable, Writable } = require('stream');
  const { urlToHttpOptions } = require('url');
  const { coded, invalidType, outOfRange, notAvailable } = require('internal/errors');
  const { headersOf, tlsOf, send } = require('internal/http-exchange');
  const later = (action, ...args) => process.nextTick(() => kit.guard(action, ...args));
  const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
  const extend = (Type, Parent) => {
    Object.setPrototypeOf(Type.prototype, Parent.prototype);
    Object.setPrototypeOf(Type, Parent);
  };
  const hangUp = (message = 'socket hang up') => coded(Error, 'ECONNRESET', message);

  // Of a real socket only what libraries set on it or ask it.
  class Socket extends EventEmitter {
    constructor(isEncrypted, port) {
      super();
      Object.assign(this, { connecting: false, destroyed: false, readable: true, writable: true, remotePort: port, remoteAddress: undefined });
      if (isEncrypted) Object.assign(this, { encrypted: true, authorized: true });
    }
    destroy() { this.destroyed = true; return this; }
    getPeerCertificate() { return {}; }
    address() { return {}; }
    end() { return this; }
  }
  for (const name of ['setTimeout', 'setKeepAlive', 'setNoDelay', 'ref', 'unref', 'pause', 'resume', 'cork', 'uncork']) Socket.prototype[name] = function () { return this; };

  function IncomingMessage(socket) {
    Readable.call(this, { autoDestroy: true });
    Object.assign(this, {
      httpVersionMajor: null, httpVersionMinor: null, httpVersion: null, complete: false, headers: {}, rawHeaders: [], trailers: {}, rawTrailers: [],
      aborted: false, upgrade: null, url: '', method: null, statusCode: null, statusMessage: null, socket, connection: socket,
    });
  }
  extend(IncomingMessage, Readable);
  Object.assign(IncomingMessage.prototype, {
    _read() {},
    setTimeout(milliseconds, callback) {
      if (callback) this.on('timeout', callback);
      return this;
    },
  });
  Object.defineProperty(IncomingMessage.prototype, 'headersDistinct', {
    get() {
      const distinct = {};
      for (let i = 0; i < this.rawHeaders.length; i += 2) (distinct[this.rawHeaders[i].toLowerCase()] ??= []).push(this.rawHeaders[i + 1]);
      return distinct;
    },
    configurable: true,
  });

  function Agent(options) {
    if (!(this instanceof Agent)) return new Agent(options);
    EventEmitter.call(this);
    Object.assign(this, {
      defaultPort: 80, protocol: 'http:', options: { noDelay: true, path: null, ...options }, requests: {}, sockets: {}, freeSockets: {},
      keepAliveMsecs: options?.keepAliveMsecs ?? 1000, keepAlive: options?.keepAlive ?? false, maxSockets: options?.maxSockets ?? Infinity,
      maxFreeSockets: options?.maxFreeSockets ?? 256, scheduling: options?.scheduling ?? 'lifo', maxTotalSockets: options?.maxTotalSockets ?? Infinity, totalSocketCount: 0,
    });
  }
  extend(Agent, EventEmitter);
  Object.assign(Agent.prototype, {
    addRequest() {},
    destroy() {},
    getName: (options = {}) => `${options.host || 'localhost'}:${options.port || ''}:${options.localAddress || ''}`,
    keepSocketAlive: () => true,
    reuseSocket() {},
    createConnection() { throw notAvailable('Agent.createConnection', 'sockets are LazyMigrate\'s own.'); },
  });
  Agent.defaultMaxSockets = Infinity;
  function HttpsAgent(options) {
    if (!(this instanceof HttpsAgent)) return new HttpsAgent(options);
    Agent.call(this, options);
    Object.assign(this, { defaultPort: 443, protocol: 'https:', maxCachedSessions: options?.maxCachedSessions ?? 100 });
  }
  extend(HttpsAgent, Agent);

  const checkHost = (host, name) => {
    if (host !== null && host !== undefined && typeof host !== 'string') throw invalidType(`options.${name}`, 'of type string or one of undefined or null', host);
    return host;
  };
  function checkName(name) {
    if (typeof name !== 'string' || !token.test(name)) throw coded(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Header name must be a valid HTTP token ["${name}"]`);
  }
  function checkValue(name, value) {
    if (value === undefined) throw coded(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "${value}" for header "${name}"`);
    for (const each of [].concat(value)) if (/[^\t\x20-\x7e\x80-\xff]/.test(String(each))) throw coded(TypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
  }

  function readArguments(input, options, callback) {
    let given = input;
    let rest = options;
    let call = callback;
    if (typeof input === 'string') given = urlToHttpOptions(new kit.URL(input));
    else if (input instanceof kit.URL) given = urlToHttpOptions(input);
    else {
      call = options;
      rest = input;
      given = null;
    }
    if (typeof rest === 'function') {
      call = rest;
      rest = {};
    }
    return { options: Object.assign(given ?? {}, rest), call };
  }

  /** @param client the host part and the protocol of the module that makes it */
  function ClientRequest(client, input, second, third) {
    const { options, call } = readArguments(input, second, third);
    Writable.call(this, { autoDestroy: false, highWaterMark: 1 << 20 });
    const agent = options.agent === false ? new client.globalAgent.constructor() : options.agent ?? options._defaultAgent ?? client.globalAgent;
    if (typeof agent.addRequest !== 'function') throw invalidType('options.agent', 'one of Agent-like Object, undefined, or false', agent);
    if (options.socketPath) throw notAvailable('options.socketPath', 'a script reaches hosts by name and port.');
    if (agent.proxy) throw notAvailable('A proxy agent', 'requests go out directly.');
    const protocol = options.protocol || client.protocol;
    const expected = agent.protocol ?? client.protocol;
    if (options.path && /[^!-\xff]/.test(String(options.path))) throw coded(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
    if (protocol !== expected) throw coded(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${protocol}" not supported. Expected "${expected}"`);
    const defaultPort = options.defaultPort || agent.defaultPort || client.defaultPort;
    const port = options.port || defaultPort;
    const host = checkHost(options.hostname, 'hostname') || checkHost(options.host, 'host') || 'localhost';
    if (options.method !== undefined && options.method !== null && typeof options.method !== 'string') throw invalidType('options.method', 'of type string', options.method);
    if (options.method && !token.test(options.method)) throw coded(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Method must be a valid HTTP token ["${options.method}"]`);
    if (Number(port) > 65535 || Number(port) < 0) throw coded(RangeError, 'ERR_SOCKET_BAD_PORT', `Port should be >= 0 and < 65536. Received type ${typeof port} (${kit.inspect(port)}).`);
    Object.assign(this, {
      agent, protocol, host, method: (options.method || 'GET').toUpperCase(), path: options.path || '/', aborted: false, finished: false, reusedSocket: false,
      res: null, socket: null, connection: null, maxHeadersCount: null, timeout: undefined, headersSent: false, chunkedEncoding: false, shouldKeepAlive: agent.keepAlive, useChunkedEncodingByDefault: false,
    });
    Object.defineProperties(this, Object.fromEntries(Object.entries({ _client: client, _port: port, _headers: new Map(), _chunks: [], _tls: options, _sent: undefined, _timer: undefined }).map(([name, value]) => [name, { value, writable: true }])));
    this.useChunkedEncodingByDefault = !['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'].includes(this.method);
    if (Array.isArray(options.headers)) {
      const pairs = Array.isArray(options.headers[0]) ? options.headers : options.headers.flatMap((name, i) => (i % 2 ? [] : [[name, options.headers[i + 1]]]));
      for (const [name, value] of pairs) this.appendHeader(name, value);
    } else for (const name of Object.keys(options.headers ?? {})) this.setHeader(name, options.headers[name]);
    if (!this.hasHeader('host') && options.setHost !== false) this.setHeader('Host', `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}${Number(port) === Number(defaultPort) ? '' : `:${port}`}`);
    if (options.auth && !this.hasHeader('authorization')) this.setHeader('Authorization', `Basic ${kit.BufferClass.from(options.auth).toString('base64')}`);
    if (call) this.once('response', call);
    const { signal } = options;
    if (signal) {
      const stop = () => this.destroy(Object.assign(new Error('The operation was aborted', { cause: signal.reason }), { name: 'AbortError', code: 'ABORT_ERR' }));
      if (signal.aborted) later(stop);
      else signal.addEventListener('abort', stop);
      this.once('close', () => signal.removeEventListener('abort', stop));
    }
    later(() => {
      if (this.destroyed) return;
      this.socket = this.connection = new Socket(protocol === 'https:', Number(port));
      this.emit('socket', this.socket);
      const wait = options.timeout ?? agent.options?.timeout;
      if (wait !== undefined && this.timeout === undefined) this.setTimeout(wait);
      else if (this.timeout) startTimeout(this);
      if (/^100-continue$/i.test(String(this.getHeader('expect') ?? ''))) this.emit('continue');
    });
  }
  extend(ClientRequest, Writable);

  function startTimeout(request) {
    clearTimeout(request._timer);
    if (request.timeout > 0 && !request.destroyed) request._timer = setTimeout(() => { request.emit('timeout'); request.socket?.emit('timeout'); }, request.timeout);
  }

  const headerMethods = {
    setHeader(name, value) {
      if (this.headersSent) throw coded(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot set headers after they are sent to the client');
      checkName(name);
      checkValue(name, value);
      this._headers.set(name.toLowerCase(), [name, value]);
      return this;
    },
    appendHeader(name, value) {
      checkName(name);
      checkValue(name, value);
      const known = this._headers.get(name.toLowerCase());
      this._headers.set(name.toLowerCase(), known ? [known[0], [].concat(known[1], value)] : [name, value]);
      return this;
    },
    setHeaders(headers) {
      for (const [name, value] of headers) this.setHeader(name, value);
      return this;
    },
    getHeader(name) {
      if (typeof name !== 'string') throw invalidType('name', 'of type string', name);
      return this._headers.get(name.toLowerCase())?.[1];
    },
    getHeaders() { return Object.assign(Object.create(null), Object.fromEntries([...this._headers].map(([name, [, value]]) => [name, value]))); },
    getHeaderNames() { return [...this._headers.keys()]; },
    getRawHeaderNames() { return [...this._headers.values()].map(([name]) => name); },
    hasHeader(name) { return this._headers.has(String(name).toLowerCase()); },
    removeHeader(name) {
      if (this.headersSent) throw coded(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot remove headers after they are sent to the client');
      this._headers.delete(String(name).toLowerCase());
    },
    flushHeaders() {},
  };
  Object.assign(ClientRequest.prototype, headerMethods, {
    setNoDelay() {},
    setSocketKeepAlive() {},
    onSocket() {},
    setTimeout(milliseconds, callback) {
      if (typeof milliseconds !== 'number') throw invalidType('msecs', 'of type number', milliseconds);
      if (milliseconds < 0 || !Number.isFinite(milliseconds)) throw outOfRange('msecs', 'a non-negative finite number', milliseconds);
      this.timeout = milliseconds;
      if (callback) this.once('timeout', callback);
      if (this.socket) startTimeout(this);
      return this;
    },
    _write(chunk, encoding, done) {
      this._chunks.push(chunk);
      done();
    },
    end(...given) {
      // Whether the body was written in parts decides between its length and chunks, as in Node.
      this._oneChunk = this._chunks.length === 0 && this._writableState.queue.length === 0;
      this.finished = true;
      return Writable.prototype.end.apply(this, given);
    },
    _final(done) {
      done();
      this.headersSent = true;
      later(() => start(this));
    },
    abort() {
      if (this.aborted) return;
      this.aborted = true;
      later(() => this.emit('abort'));
      this.destroy();
    },
    destroy(error) {
      if (this.destroyed) return this;
      this.destroyed = true;
      clearTimeout(this._timer);
      this._sent?.abort();
      this.socket?.destroy();
      if (this.res && !this.res.complete) {
        this.res.aborted = true;
        this.res.emit('aborted');
        this.res.destroy(error ?? hangUp('aborted'));
        later(() => this.emit('close'));
        return this;
      }
      if (this.res) {
        this.res.destroy(error);
        later(() => this.emit('close'));
        return this;
      }
      const failure = error ?? (this.aborted && !this.socket ? undefined : hangUp());
      later(() => {
        if (failure) {
          this.errored = failure;
          this.emit('error', failure);
        }
        this.emit('close');
      });
      return this;
    },
  });

  function start(request) {
    if (request.destroyed) return;
    const { _client: client, _headers: given, _chunks: chunks, host } = request;
    const hasLength = given.has('content-length');
    const body = chunks.length || hasLength ? kit.BufferClass.concat(chunks) : null;
    request.chunkedEncoding = body !== null && !hasLength && (/chunked/i.test(String(given.get('transfer-encoding')?.[1] ?? '')) || !request._oneChunk);
    const headers = [];
    for (const [name, value] of given.values()) for (const each of [].concat(value)) headers.push([name, String(each)]);
    const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
    request._sent = send(client.call, {
      url: `${request.protocol}//${name}:${request._port}${request.path.startsWith('/') ? '' : '/'}${request.path}`,
      method: request.method,
      headers,
      body,
      redirect: 'manual',
      chunked: request.chunkedEncoding,
      tls: request.protocol === 'https:' ? tlsOf(request.agent.options, request._tls) : undefined,
    });
    request._sent.reply.then((reply) => kit.guard(receive, request, reply), (error) => kit.guard(fail, request, error));
  }

  function fail(request, error) {
    if (request.destroyed) return;
    request.destroyed = true;
    request.errored = error;
    clearTimeout(request._timer);
    request.emit('error', error);
    later(() => request.emit('close'));
  }

  function receive(request, reply) {
    if (request.destroyed) return;
    clearTimeout(request._timer);
    const message = new IncomingMessage(request.socket);
    const [major, minor] = reply.version.split('.').map(Number);
    Object.assign(message, {
      httpVersion: reply.version, httpVersionMajor: major, httpVersionMinor: minor, headers: headersOf(reply.headers), rawHeaders: reply.headers.flat(),
      statusCode: reply.status, statusMessage: reply.statusText, req: request, complete: true,
    });
    request.res = message;
    if (reply.body.length) message.push(reply.body);
    message.push(null);
    message.once('end', () => {
      later(() => {
        if (request.destroyed) return;
        request.destroyed = true;
        request.emit('close');
      });
    });
    if (!request.emit('response', message)) message.resume();
  }

  const METHODS = [
    'ACL', 'BIND', 'CHECKOUT', 'CONNECT', 'COPY', 'DELETE', 'GET', 'HEAD', 'LINK', 'LOCK', 'M-SEARCH', 'MERGE', 'MKACTIVITY', 'MKCALENDAR', 'MKCOL', 'MOVE',
    'NOTIFY', 'OPTIONS', 'PATCH', 'POST', 'PROPFIND', 'PROPPATCH', 'PURGE', 'PUT', 'QUERY', 'REBIND', 'REPORT', 'SEARCH', 'SOURCE', 'SUBSCRIBE', 'TRACE', 'UNBIND',
    'UNLINK', 'UNLOCK', 'UNSUBSCRIBE',
  ];
  const STATUS_CODES = {
    100: 'Continue', 101: 'Switching Protocols', 102: 'Processing', 103: 'Early Hints', 200: 'OK', 201: 'Created', 202: 'Accepted', 203: 'Non-Authoritative Information',
    204: 'No Content', 205: 'Reset Content', 206: 'Partial Content', 207: 'Multi-Status', 208: 'Already Reported', 226: 'IM Used', 300: 'Multiple Choices',
    301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified', 305: 'Use Proxy', 307: 'Temporary Redirect', 308: 'Permanent Redirect',
    400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 406: 'Not Acceptable',
    407: 'Proxy Authentication Required', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone', 411: 'Length Required', 412: 'Precondition Failed',
    413: 'Payload Too Large', 414: 'URI Too Long', 415: 'Unsupported Media Type', 416: 'Range Not Satisfiable', 417: 'Expectation Failed', 418: "I'm a Teapot",
    421: 'Misdirected Request', 422: 'Unprocessable Entity', 423: 'Locked', 424: 'Failed Dependency', 425: 'Too Early', 426: 'Upgrade Required',
    428: 'Precondition Required', 429: 'Too Many Requests', 431: 'Request Header Fields Too Large', 451: 'Unavailable For Legal Reasons',
    500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout', 505: 'HTTP Version Not Supported',
    506: 'Variant Also Negotiates', 507: 'Insufficient Storage', 508: 'Loop Detected', 509: 'Bandwidth Limit Exceeded', 510: 'Not Extended', 511: 'Network Authentication Required',
  };

  /** The module of a protocol. Requests of one made by the other's function count for the other. */
  function create(call, protocol) {
    const isHttps = protocol === 'https:';
    const Type = isHttps ? HttpsAgent : Agent;
    const client = { call, protocol, defaultPort: isHttps ? 443 : 80, globalAgent: new Type({ keepAlive: true }) };
    const OwnRequest = function (input, options, callback) { return Reflect.construct(ClientRequest, [client, input, options, callback], new.target ?? OwnRequest); };
    Object.defineProperty(OwnRequest, 'name', { value: 'ClientRequest' });
    extend(OwnRequest, ClientRequest);
    OwnRequest.prototype = ClientRequest.prototype;
    const request = (input, options, callback) => new OwnRequest(input, options, callback);
    const get = (input, options, callback) => {
      const made = request(input, options, callback);
      made.end();
      return made;
    };
    const createServer = () => { throw notAvailable(`${protocol.slice(0, -1)}.createServer`, 'a script answers no requests.'); };
    function Server() { createServer(); }
    const made = { Agent: Type, Server, createServer, get, request };
    if (!isHttps) Object.assign(made, { METHODS, STATUS_CODES, ClientRequest: OwnRequest, IncomingMessage, OutgoingMessage: Writable, ServerResponse: Writable, maxHeaderSize: 16384, validateHeaderName: checkName, validateHeaderValue: checkValue, setMaxIdleHTTPParsers() {} });
    Object.defineProperty(made, 'globalAgent', { get: () => client.globalAgent, set: (agent) => { client.globalAgent = agent; }, enumerable: true, configurable: true });
    return made;
  }

  module.exports = { create };
})
