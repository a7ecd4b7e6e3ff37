// axios 1.x: https://axios-http.com/docs/intro. The host part is HttpSession.cs.
(function (kit, module, require) {
  'use strict';
  const AxiosHeaders = require('internal/axios-headers');
  const { Readable } = require('stream');
  const { headersOf, tlsOf, send: exchange } = require('internal/http-exchange');
  const version = '1.21.1';
  const isPlain = (value) => typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value)) && !(Symbol.toStringTag in value) && !(Symbol.iterator in value);
  const isParams = (value) => value instanceof kit.URLSearchParams;
  const isStream = (value) => typeof value === 'object' && value !== null && typeof value.pipe === 'function';
  const isForm = (value) => typeof value === 'object' && value !== null && typeof value.append === 'function' && value[Symbol.toStringTag] === 'FormData';

  class AxiosError extends Error {
    constructor(message, code, config, request, response) {
      super(message);
      Object.defineProperty(this, 'message', { value: message, enumerable: true, writable: true, configurable: true });
      this.name = 'AxiosError';
      this.isAxiosError = true;
      if (code) this.code = code;
      // Not enumerable: a script that logs the error must not log the password it sent.
      if (config) Object.defineProperty(this, 'config', { value: config, writable: true, configurable: true });
      if (request) Object.defineProperty(this, 'request', { value: request, writable: true, configurable: true });
      if (response) {
        this.response = response;
        this.status = response.status;
      }
    }
    static from(error, code, config, request, response, more) {
      const made = new AxiosError(error.message, code || error.code, config, request, response);
      Object.defineProperty(made, 'cause', { value: error, writable: true, configurable: true });
      made.name = error.name;
      return more ? Object.assign(made, more) : made;
    }
    toJSON() {
      return {
        message: this.message, name: this.name, description: this.description, number: this.number, fileName: this.fileName, lineNumber: this.lineNumber,
        columnNumber: this.columnNumber, stack: this.stack, config: plainCopy(this.config), code: this.code, status: this.status,
      };
    }
  }
  for (const code of [
    'ERR_BAD_OPTION_VALUE', 'ERR_BAD_OPTION', 'ECONNABORTED', 'ETIMEDOUT', 'ECONNREFUSED', 'ERR_NETWORK', 'ERR_FR_TOO_MANY_REDIRECTS', 'ERR_DEPRECATED', 'ERR_BAD_RESPONSE',
    'ERR_BAD_REQUEST', 'ERR_CANCELED', 'ERR_NOT_SUPPORT', 'ERR_INVALID_URL', 'ERR_FORM_DATA_DEPTH_EXCEEDED',
  ]) AxiosError[code] = code;

  class CanceledError extends AxiosError {
    constructor(message, config, request) {
      super(message ?? 'canceled', 'ERR_CANCELED', config, request);
      this.name = 'CanceledError';
      this.__CANCEL__ = true;
    }
  }

  class CancelToken {
    #listeners = new Set();
    constructor(executor) {
      if (typeof executor !== 'function') throw new TypeError('executor must be a function.');
      this.promise = new Promise((resolve) => {
        executor((message, config, request) => {
          if (this.reason) return;
          this.reason = new CanceledError(message, config, request);
          resolve(this.reason);
          for (const listener of this.#listeners) listener(this.reason);
        });
      });
    }
    throwIfRequested() { if (this.reason) throw this.reason; }
    subscribe(listener) {
      if (this.reason) listener(this.reason);
      else this.#listeners.add(listener);
    }
    unsubscribe(listener) { this.#listeners.delete(listener); }
    toAbortSignal() {
      const controller = new AbortController();
      this.subscribe((reason) => controller.abort(reason));
      return controller.signal;
    }
    static source() {
      let cancel;
      const token = new CancelToken((call) => { cancel = call; });
      return { token, cancel };
    }
  }

  /** What JSON shows of a configuration: no functions, no circles. */
  function plainCopy(value, above = []) {
    if (typeof value !== 'object' || value === null) return typeof value === 'function' ? value : value;
    if (above.includes(value)) return undefined;
    if (typeof value.toJSON === 'function') return value.toJSON();
    const inside = [...above, value];
    if (Array.isArray(value)) return value.map((item) => plainCopy(item, inside));
    return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined).map(([name, item]) => [name, plainCopy(item, inside)]));
  }

  // Merging of configurations: https://axios-http.com/docs/config_defaults#config-order-of-precedence
  const merge = (base, extra) => {
    if (!isPlain(extra)) return Array.isArray(extra) ? extra.slice() : extra;
    const merged = isPlain(base) ? { ...base } : {};
    for (const name of Object.keys(extra)) if (extra[name] !== undefined) merged[name] = merge(merged[name], extra[name]);
    return merged;
  };
  function mergeHeaders(base, extra) {
    const merged = {};
    for (const headers of [base, extra]) {
      for (const name of Object.keys(headers ?? {})) {
        const key = Object.keys(merged).find((each) => each.toLowerCase() === name.toLowerCase()) ?? name;
        if (headers[name] !== undefined || !(key in merged)) merged[key] = isPlain(headers[name]) ? merge(merged[key], headers[name]) : headers[name];
      }
    }
    return merged;
  }
  const ofRequestOnly = new Set(['url', 'method', 'data']);
  function mergeConfig(base, extra = {}) {
    const merged = {};
    for (const name of new Set([...Object.keys(base ?? {}), ...Object.keys(extra ?? {})])) {
      if (name === 'headers') merged.headers = mergeHeaders(base.headers, extra.headers);
      else if (ofRequestOnly.has(name)) {
        if (extra[name] !== undefined) merged[name] = merge(undefined, extra[name]);
      } else {
        const value = extra[name] === undefined && name !== 'validateStatus' ? merge(undefined, base[name]) : name in extra ? merge(base?.[name], extra[name]) : base[name];
        if (value !== undefined || name === 'validateStatus') merged[name] = value;
      }
    }
    return merged;
  }

  const encode = (text) => encodeURIComponent(text).replace(/%3A/gi, ':').replace(/%24/g, '$').replace(/%2C/gi, ',').replace(/%20/g, '+');
  const formEncode = (text) => encodeURIComponent(text).replace(/[!'()~]|%20/g, (match) => ({ '!': '%21', "'": '%27', '(': '%28', ')': '%29', '~': '%7E', '%20': '+' })[match]);

  /** Nested values as names and values: a[]=1&a[]=2, a[b]=c. */
  function toFormData(object, form = new (require('form-data'))(), options = {}) {
    const { indexes = false, dots = false, metaTokens = true, visitor } = options ?? {};
    const above = [];
    const bare = (key) => String(key).replace(/\[\]$/, '');
    const nameOf = (path, key) => (path ? [...path, key].map((part, i) => (!dots && i ? `[${bare(part)}]` : bare(part))).join(dots ? '.' : '') : key);
    const plain = (value) => {
      if (value === null) return '';
      if (value instanceof Date) return value.toISOString();
      if (typeof value === 'boolean') return String(value);
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return kit.BufferClass.from(value instanceof ArrayBuffer ? new Uint8Array(value) : kit.toBytes(value));
      return value;
    };
    const canVisit = (value) => isPlain(value) || Array.isArray(value);
    function defaultVisitor(given, givenKey, path) {
      let value = given;
      let key = givenKey;
      if (value && !path && typeof value === 'object') {
        if (String(key).endsWith('{}')) {
          if (!metaTokens) key = key.slice(0, -2);
          value = JSON.stringify(value);
        } else if (Array.isArray(value) && (!value.some(canVisit) || String(key).endsWith('[]'))) {
          key = bare(key);
          value.forEach((item, i) => {
            if (item !== undefined && item !== null) form.append(indexes === true ? nameOf([key], i) : indexes === null ? key : `${key}[]`, plain(item));
          });
          return false;
        }
      }
      if (canVisit(value)) return true;
      form.append(nameOf(path, key), plain(value));
      return false;
    }
    const visit = typeof visitor === 'function' ? visitor : defaultVisitor;
    function build(value, path) {
      if (above.includes(value)) throw new Error(`Circular reference detected in ${path.join('.')}`);
      above.push(value);
      for (const key of Object.keys(value)) {
        const item = value[key];
        const shown = Array.isArray(value) ? Number(key) : key.trim();
        if (item !== undefined && item !== null && visit.call(form, item, shown, path, { defaultVisitor, convertValue: plain, isVisitable: canVisit }) === true) build(item, path ? [...path, key] : [key]);
      }
      above.pop();
    }
    if (typeof object !== 'object' || object === null) throw new TypeError('target must be an object');
    build(object, undefined);
    return form;
  }
  class Pairs {
    #pairs = [];
    append(name, value) { this.#pairs.push([name, value]); }
    text(encoder) { return this.#pairs.map(([name, value]) => `${encoder(name)}=${encoder(value)}`).join('&'); }
  }

  function queryOf(params, serializer) {
    const serialize = typeof serializer === 'function' ? serializer : serializer?.serialize;
    if (serialize) return serialize(params, serializer);
    if (isParams(params)) return params.toString();
    const own = serializer?.encode;
    return toFormData(params, new Pairs(), typeof serializer === 'function' ? undefined : serializer).text(own ? (value) => own.call(params, value, formEncode) : encode);
  }

  function fullPath(config) {
    const url = config.url === undefined ? config.baseURL ?? '' : String(config.url);
    if (/^https?:(?!\/\/)/i.test(url)) throw new AxiosError(`Invalid URL ${JSON.stringify(url)}: missing "//" after protocol`, 'ERR_INVALID_URL', config);
    if (!config.baseURL || (/^([a-z][a-z\d+\-.]*:)?\/\//i.test(url) && config.allowAbsoluteUrls !== false)) return url;
    return config.url ? `${String(config.baseURL).replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}` : String(config.baseURL);
  }
  function withQuery(url, config) {
    const query = config.params ? queryOf(config.params, config.paramsSerializer) : '';
    if (!query) return url;
    const bare = url.replace(/#.*$/s, '');
    return `${bare}${bare.includes('?') ? '&' : '?'}${query}`;
  }

  function transformRequest(data, headers) {
    const type = headers.getContentType() || '';
    if (isForm(data)) return data;
    if (data instanceof ArrayBuffer || kit.BufferClass.isBuffer(data) || isStream(data)) return data;
    if (ArrayBuffer.isView(data)) return data.buffer;
    if (isParams(data)) {
      headers.setContentType('application/x-www-form-urlencoded;charset=utf-8', false);
      return data.toString();
    }
    const isObject = typeof data === 'object' && data !== null;
    if (isObject && type.includes('application/x-www-form-urlencoded')) return toFormData(data, new Pairs(), this?.formSerializer).text(formEncode);
    if (isObject && type.includes('multipart/form-data')) return toFormData(data, undefined, this?.formSerializer);
    if (!isObject && !type.includes('application/json')) return data;
    headers.setContentType('application/json', false);
    if (typeof data === 'string') {
      try {
        JSON.parse(data);
        return data.trim();
      } catch (error) {
        if (error.name !== 'SyntaxError') throw error;
      }
    }
    return JSON.stringify(data);
  }

  function transformResponse(data) {
    const transitional = this?.transitional ?? defaults.transitional;
    const isJson = this?.responseType === 'json';
    if (typeof data !== 'string' || !data || !((transitional.forcedJSONParsing && !this?.responseType) || isJson)) return data;
    try {
      return JSON.parse(data, this?.parseReviver);
    } catch (error) {
      if (transitional.silentJSONParsing || !isJson) return data;
      throw AxiosError.from(error, 'ERR_BAD_RESPONSE', this, null, this.response);
    }
  }

  const defaults = {
    transitional: { silentJSONParsing: true, forcedJSONParsing: true, clarifyTimeoutError: false },
    adapter: ['xhr', 'http', 'fetch'],
    transformRequest: [transformRequest],
    transformResponse: [transformResponse],
    timeout: 0,
    xsrfCookieName: 'XSRF-TOKEN',
    xsrfHeaderName: 'X-XSRF-TOKEN',
    maxContentLength: -1,
    maxBodyLength: -1,
    env: {},
    validateStatus: (status) => status >= 200 && status < 300,
    headers: { common: { Accept: 'application/json, text/plain, */*', 'Content-Type': undefined }, delete: {}, get: {}, head: {}, post: {}, put: {}, patch: {}, options: {} },
  };

  const transformed = (config, transforms, response) => {
    const headers = AxiosHeaders.from((response ?? config).headers);
    return [].concat(transforms ?? []).reduce((data, transform) => transform.call(config, data, headers.normalize(), response?.status), (response ?? config).data);
  };
  const throwIfCanceled = (config) => {
    config.cancelToken?.throwIfRequested();
    if (config.signal?.aborted) throw new CanceledError(null, config);
  };

  async function dispatch(config) {
    throwIfCanceled(config);
    config.headers = AxiosHeaders.from(config.headers);
    config.data = transformed(config, config.transformRequest);
    if (['post', 'put', 'patch'].includes(config.method)) config.headers.setContentType('application/x-www-form-urlencoded', false);
    const finish = (response) => {
      config.response = response;
      try {
        response.data = transformed(config, config.transformResponse, response);
      } finally {
        delete config.response;
      }
      response.headers = AxiosHeaders.from(response.headers);
    };
    let response;
    try {
      response = await (typeof config.adapter === 'function' ? config.adapter : adapter)(config);
    } catch (error) {
      if (!error?.__CANCEL__) {
        throwIfCanceled(config);
        if (error?.response) finish(error.response);
      }
      throw error;
    }
    throwIfCanceled(config);
    finish(response);
    return response;
  }

  async function bodyOf(config, headers) {
    const { data } = config;
    if (data === undefined || data === null || data === '' || data === false || data === 0) return null;
    let bytes;
    if (isForm(data) && typeof data.getHeaders === 'function') {
      headers.set(data.getHeaders());
      bytes = await data._all();
    } else if (isStream(data)) {
      const chunks = [];
      for await (const chunk of data) chunks.push(kit.BufferClass.from(chunk));
      bytes = kit.BufferClass.concat(chunks);
    } else if (data instanceof ArrayBuffer) bytes = new Uint8Array(data);
    else if (typeof data === 'string' || ArrayBuffer.isView(data)) bytes = kit.toBytes(data);
    else throw new AxiosError('Data after transformation must be a string, an ArrayBuffer, a Buffer, or a Stream', 'ERR_BAD_REQUEST', config);
    if (config.maxBodyLength > -1 && bytes.length > config.maxBodyLength) throw new AxiosError('Request body larger than maxBodyLength limit', 'ERR_BAD_REQUEST', config);
    return bytes;
  }

  /** The adapter: one exchange, and its response or error as axios tells it. */
  async function adapter(config) {
    const path = fullPath(config);
    const url = new kit.URL(path);
    if (!['http:', 'https:'].includes(url.protocol)) throw new AxiosError(`Unsupported protocol ${url.protocol}`, 'ERR_BAD_REQUEST', config);
    if (config.proxy || config.socketPath || config.httpsAgent?.proxy || config.httpAgent?.proxy) throw new AxiosError('A proxy or a Unix socket is not available in LazyMigrate\'s scripts.', 'ERR_NOT_SUPPORT', config);
    const headers = AxiosHeaders.from(config.headers);
    headers.set('User-Agent', `axios/${version}`, false);
    const { auth } = config;
    if (auth || url.username || url.password) {
      const pair = auth ? `${auth.username || ''}:${auth.password || ''}` : `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
      headers.delete('authorization');
      headers.set('Authorization', `Basic ${kit.BufferClass.from(pair).toString('base64')}`);
      url.username = '';
      url.password = '';
    }
    headers.set('Accept-Encoding', 'gzip, compress, deflate, br', false);
    const body = await bodyOf(config, headers);
    const method = config.method.toUpperCase();
    url.hash = '';
    const address = withQuery(url.href, config);
    const request = { method, path: withQuery(`${url.pathname}${url.search}`, config), host: url.hostname, protocol: url.protocol, res: { responseUrl: address } };
    const timeout = config.timeout ? Number.parseInt(config.timeout, 10) : 0;
    if (Number.isNaN(timeout)) throw new AxiosError('error trying to parse `config.timeout` to int', 'ERR_BAD_OPTION_VALUE', config, request);
    const asked = exchange(kit.call, {
      url: address,
      method,
      headers: Object.entries(headers.toJSON()).flatMap(([name, value]) => [].concat(value).map((each) => [name, String(each)])),
      body,
      redirect: config.maxRedirects === 0 ? 'manual' : 'follow',
      redirects: config.maxRedirects,
      decompress: config.decompress !== false,
      timeout,
      tls: tlsOf(config.httpsAgent?.options),
    });
    let stop;
    const stopped = new Promise((resolve, reject) => {
      stop = (reason) => {
        asked.abort();
        reject(!reason || reason.type ? new CanceledError(null, config, request) : reason);
      };
    });
    stopped.catch(() => {});
    asked.reply.catch(() => {});
    config.cancelToken?.subscribe(stop);
    config.signal?.addEventListener('abort', stop);
    let reply;
    try {
      if (config.signal?.aborted) stop();
      reply = await Promise.race([asked.reply, stopped]);
    } catch (error) {
      throw error.__CANCEL__ ? error : failureOf(error, config, request, timeout);
    } finally {
      config.cancelToken?.unsubscribe(stop);
      config.signal?.removeEventListener('abort', stop);
    }
    return settle(responseOf(reply, config, request, method));
  }

  function failureOf(error, config, request, timeout) {
    if (error.code === 'ETIMEDOUT' && timeout > 0) {
      const code = config.transitional?.clarifyTimeoutError ? 'ETIMEDOUT' : 'ECONNABORTED';
      return new AxiosError(config.timeoutErrorMessage || `timeout of ${config.timeout}ms exceeded`, code, config, request);
    }
    if (error.code === 'ECONNRESET' && error.message === 'aborted') return new AxiosError('stream has been aborted', 'ERR_BAD_RESPONSE', config, request);
    const made = AxiosError.from(error, null, config, request);
    if (error.code === 'ERR_FR_TOO_MANY_REDIRECTS') made.name = 'Error [ERR_FR_TOO_MANY_REDIRECTS]';
    return made;
  }

  function responseOf(reply, config, request, method) {
    const headers = headersOf(reply.headers);
    if (config.decompress !== false && (method === 'HEAD' || reply.status === 204 || /^(?:x-)?(?:gzip|compress)$|^deflate$|^br$/i.test(headers['content-encoding'] ?? ''))) delete headers['content-encoding'];
    request.res = { responseUrl: reply.url };
    const response = { status: reply.status, statusText: reply.statusText, headers: new AxiosHeaders(headers), config, request, data: reply.body };
    if (config.maxContentLength > -1 && reply.body.length > config.maxContentLength) throw new AxiosError(`maxContentLength size of ${config.maxContentLength} exceeded`, 'ERR_BAD_RESPONSE', config, request);
    if (config.responseType === 'stream') response.data = Readable.from(reply.body.length ? [reply.body] : [], { objectMode: false });
    else if (config.responseType !== 'arraybuffer') {
      response.data = reply.body.toString(config.responseEncoding);
      if (!config.responseEncoding || config.responseEncoding === 'utf8') response.data = response.data.replace(/^\ufeff/, '');
    }
    return response;
  }

  function settle(response) {
    const { status, config } = response;
    if (!status || !config.validateStatus || config.validateStatus(status)) return response;
    throw new AxiosError(`Request failed with status code ${status}`, status >= 400 && status < 500 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE', config, response.request, response);
  }

  class InterceptorManager {
    handlers = [];
    use(fulfilled, rejected, options) { return this.handlers.push({ fulfilled, rejected, synchronous: options?.synchronous ?? false, runWhen: options?.runWhen ?? null }) - 1; }
    eject(id) { if (this.handlers[id]) this.handlers[id] = null; }
    clear() { this.handlers = []; }
    forEach(action) { for (const handler of this.handlers) if (handler !== null) action(handler); }
  }

  const groups = ['delete', 'get', 'head', 'post', 'put', 'patch', 'options', 'common'];

  class Axios {
    constructor(config) {
      this.defaults = config || {};
      this.interceptors = { request: new InterceptorManager(), response: new InterceptorManager() };
    }
    async request(first, second) {
      const config = mergeConfig(this.defaults, typeof first === 'string' ? { ...second, url: first } : first || {});
      if (typeof config.paramsSerializer === 'function') config.paramsSerializer = { serialize: config.paramsSerializer };
      config.allowAbsoluteUrls ??= true;
      config.method = String(config.method || this.defaults.method || 'get').toLowerCase();
      const given = { ...config.headers };
      const context = mergeHeaders(isPlain(given.common) ? given.common : {}, isPlain(given[config.method]) ? given[config.method] : {});
      for (const group of groups) if (given[group] === undefined || isPlain(given[group])) delete given[group];
      config.headers = AxiosHeaders.concat(context, given);
      const before = [];
      this.interceptors.request.forEach((handler) => { if (typeof handler.runWhen !== 'function' || handler.runWhen(config) !== false) before.unshift(handler); });
      let chain = Promise.resolve(config);
      for (const handler of before) chain = chain.then(handler.fulfilled, handler.rejected);
      chain = chain.then(dispatch);
      this.interceptors.response.forEach((handler) => { chain = chain.then(handler.fulfilled, handler.rejected); });
      return chain;
    }
    getUri(config) {
      const merged = mergeConfig(this.defaults, config);
      return withQuery(fullPath(merged), merged);
    }
  }
  for (const method of ['delete', 'get', 'head', 'options']) Axios.prototype[method] = function (url, config) { return this.request(mergeConfig(config || {}, { method, url, data: config?.data })); };
  for (const method of ['post', 'put', 'patch']) {
    Axios.prototype[method] = function (url, data, config) { return this.request(mergeConfig(config || {}, { method, headers: {}, url, data })); };
    Axios.prototype[`${method}Form`] = function (url, data, config) { return this.request(mergeConfig(config || {}, { method, headers: { 'Content-Type': 'multipart/form-data' }, url, data })); };
  }

  function create(config) {
    const context = new Axios(config);
    const instance = (...args) => context.request(...args);
    for (const name of Object.getOwnPropertyNames(Axios.prototype)) if (name !== 'constructor') instance[name] = (...args) => context[name](...args);
    Object.assign(instance, context);
    // Setting axios.defaults to another object counts, too.
    Object.defineProperty(instance, 'defaults', { get: () => context.defaults, set: (value) => { context.defaults = value; }, enumerable: true });
    instance.create = (more) => create(mergeConfig(config, more));
    return instance;
  }

  const axios = create(defaults);
  Object.assign(axios, {
    Axios,
    CanceledError,
    CancelToken,
    isCancel: (value) => Boolean(value && value.__CANCEL__),
    VERSION: version,
    toFormData,
    AxiosError,
    Cancel: CanceledError,
    all: (promises) => Promise.all(promises),
    spread: (callback) => (list) => callback(...list),
    isAxiosError: (error) => typeof error === 'object' && error !== null && error.isAxiosError === true,
    mergeConfig,
    AxiosHeaders,
    formToJSON: (form) => Object.fromEntries(form),
    getAdapter: () => adapter,
    HttpStatusCode: { Ok: 200, Created: 201, Accepted: 202, NoContent: 204, MovedPermanently: 301, Found: 302, SeeOther: 303, NotModified: 304, BadRequest: 400, Unauthorized: 401, Forbidden: 403, NotFound: 404, Conflict: 409, Gone: 410, UnprocessableEntity: 422, TooManyRequests: 429, InternalServerError: 500, BadGateway: 502, ServiceUnavailable: 503, GatewayTimeout: 504 },
    default: axios,
    axios,
  });
  module.exports = axios;
})
