// axios 1.x: https://axios-http.com/docs/intro. The host part is HttpSession.cs; the certificate of the server is always verified.
(function (kit, module) {
  'use strict';
  let lastRequest = 0;

  class AxiosError extends Error {
    constructor(message, code, config, request, response) {
      super(message);
      this.name = 'AxiosError';
      if (code) this.code = code;
      if (response) {
        this.response = response;
        this.status = response.status;
      }
      // Not enumerable: a script that logs the error must not log the password it sent.
      Object.defineProperties(this, {
        config: { value: config, writable: true, configurable: true },
        request: { value: request, writable: true, configurable: true },
      });
    }
    get isAxiosError() { return true; }
    toJSON() { return { message: this.message, name: this.name, code: this.code, status: this.status ?? null }; }
  }
  Object.assign(AxiosError, {
    ERR_BAD_REQUEST: 'ERR_BAD_REQUEST', ERR_BAD_RESPONSE: 'ERR_BAD_RESPONSE', ERR_CANCELED: 'ERR_CANCELED', ERR_NETWORK: 'ERR_NETWORK',
    ECONNABORTED: 'ECONNABORTED', ETIMEDOUT: 'ETIMEDOUT', ERR_FR_TOO_MANY_REDIRECTS: 'ERR_FR_TOO_MANY_REDIRECTS',
  });

  class AxiosHeaders {
    constructor(pairs = []) {
      for (const [name, value] of pairs) {
        if (name === 'set-cookie') this[name] = [...this[name] ?? [], value];
        else this[name] = name in this ? `${this[name]}, ${value}` : value;
      }
    }
    get(name) { return this[String(name).toLowerCase()]; }
    has(name) { return String(name).toLowerCase() in this; }
    toJSON() { return { ...this }; }
  }

  const isPlain = (value) => typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
  const merge = (base, extra) => {
    const merged = { ...base };
    for (const key of Object.keys(extra ?? {})) {
      if (extra[key] !== undefined) merged[key] = isPlain(extra[key]) && isPlain(merged[key]) && key !== 'data' ? merge(merged[key], extra[key]) : extra[key];
    }
    return merged;
  };

  const encode = (text) => encodeURIComponent(text).replace(/%3A/gi, ':').replace(/%24/g, '$').replace(/%2C/gi, ',').replace(/%20/g, '+').replace(/%5B/gi, '[').replace(/%5D/gi, ']');

  /** Nested values as axios writes them: a[]=1&a[]=2, a[b]=c. */
  function pairsOf(value, prefix = '') {
    const pairs = [];
    for (const key of Object.keys(value)) {
      const item = value[key];
      const name = prefix ? `${prefix}[${Array.isArray(value) && typeof item !== 'object' ? '' : key}]` : key;
      if (item === undefined || item === null) continue;
      if (item instanceof Date) pairs.push([name, item.toISOString()]);
      else if (typeof item === 'object') pairs.push(...pairsOf(item, name));
      else pairs.push([name, String(item)]);
    }
    return pairs;
  }

  function queryOf(params, serializer) {
    const serialize = typeof serializer === 'function' ? serializer : serializer?.serialize;
    if (!params) return '';
    if (serialize) return serialize(params);
    if (params instanceof kit.URLSearchParams) return params.toString();
    return pairsOf(params).map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  }

  function addressOf(config) {
    const url = String(config.url ?? '');
    const absolute = /^([a-z][a-z\d+\-.]*:)?\/\//i.test(url) || !config.baseURL ? url : `${String(config.baseURL).replace(/\/?\/$/, '')}/${url.replace(/^\/+/, '')}`;
    const query = queryOf(config.params, config.paramsSerializer);
    const bare = query ? absolute.replace(/#.*$/, '') : absolute;
    return query ? `${bare}${bare.includes('?') ? '&' : '?'}${query}` : bare;
  }

  /** Headers of the defaults for all methods and for this one, then the request's own; names count in any case. */
  function headersOf(config, method) {
    const given = config.headers ?? {};
    const result = new Map();
    const groups = ['common', 'get', 'delete', 'head', 'options', 'post', 'put', 'patch'];
    const add = (headers) => {
      for (const name of Object.keys(headers ?? {})) {
        if (!groups.includes(name) && headers[name] !== undefined && headers[name] !== null && headers[name] !== false) result.set(name.toLowerCase(), String(headers[name]));
      }
    };
    add(given.common);
    add(given[method]);
    add(given);
    return result;
  }

  function bodyOf(data, headers) {
    const type = (value) => { if (!headers.has('content-type')) headers.set('content-type', value); };
    if (data === undefined || data === null) return null;
    if (data instanceof kit.URLSearchParams) {
      type('application/x-www-form-urlencoded;charset=utf-8');
      return data.toString();
    }
    if (data instanceof ArrayBuffer) return new Uint8Array(data);
    if (ArrayBuffer.isView(data)) return data;
    if (typeof data === 'string') {
      type('application/x-www-form-urlencoded');
      return data;
    }
    if (headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') && typeof data === 'object') {
      return pairsOf(data).map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
    }
    type('application/json');
    return JSON.stringify(data);
  }

  function dataOf(bytes, config) {
    if (config.responseType === 'arraybuffer') return bytes;
    const text = bytes.toString('utf8').replace(/^\ufeff/, '');
    if (config.responseType === 'text' || text === '') return text;
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }

  const applyAll = (transforms, data, headers, status) => [].concat(transforms ?? []).reduce((value, transform) => transform(value, headers, status), data);

  async function send(config) {
    const method = String(config.method ?? 'get').toLowerCase();
    const headers = headersOf(config, method);
    let address = addressOf(config);
    let { auth } = config;
    const parsed = kit.URL.parse(address);
    if (parsed && (parsed.username || parsed.password)) {
      auth ??= { username: decodeURIComponent(parsed.username), password: decodeURIComponent(parsed.password) };
      parsed.username = '';
      parsed.password = '';
      address = parsed.href;
    }
    if (auth) headers.set('authorization', `Basic ${kit.BufferClass.from(`${auth.username ?? ''}:${auth.password ?? ''}`).toString('base64')}`);
    if (!headers.has('accept')) headers.set('accept', 'application/json, text/plain, */*');
    if (!headers.has('user-agent')) headers.set('user-agent', 'axios/1.0 (LazyMigrate)');
    const body = bodyOf(config.transformRequest ? applyAll(config.transformRequest, config.data, Object.fromEntries(headers)) : config.data, headers);
    const request = { method: method.toUpperCase(), path: parsed ? `${parsed.pathname}${parsed.search}` : '', host: parsed?.hostname };
    const canceled = () => new AxiosError('canceled', 'ERR_CANCELED', config, request);
    const id = ++lastRequest;
    const { signal } = config;
    if (signal?.aborted) throw canceled();
    const stop = () => { kit.call('abort', { id }).catch(() => {}); };
    signal?.addEventListener('abort', stop);
    let reply;
    try {
      reply = await kit.call('fetch', {
        id,
        url: address,
        method,
        headers: [...headers],
        body: body === null ? null : kit.toBase64(kit.toBytes(body)),
        redirect: config.maxRedirects === 0 ? 'manual' : 'follow',
        timeout: config.timeout > 0 ? Math.ceil(config.timeout) : null,
      });
    } catch (error) {
      if (signal?.aborted) throw canceled();
      const late = error.code === 'ETIMEDOUT' && config.timeout > 0;
      const failed = new AxiosError(late ? config.timeoutErrorMessage ?? `timeout of ${config.timeout}ms exceeded` : error.message, late ? 'ECONNABORTED' : error.code, config, request);
      failed.cause = error;
      throw failed;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
    const received = new AxiosHeaders(reply.headers);
    const data = dataOf(kit.fromBase64(reply.body), config);
    const response = {
      data: config.transformResponse ? applyAll(config.transformResponse, typeof data === 'object' && !ArrayBuffer.isView(data) ? JSON.stringify(data) : data, received, reply.status) : data,
      status: reply.status,
      statusText: reply.statusText,
      headers: received,
      config,
      request: { ...request, res: { responseUrl: reply.url } },
    };
    const isGood = config.validateStatus;
    if (!isGood || isGood(reply.status)) return response;
    throw new AxiosError(
      `Request failed with status code ${reply.status}`,
      reply.status < 500 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE',
      config,
      response.request,
      response);
  }

  class Interceptors {
    handlers = [];
    use(fulfilled, rejected) { return this.handlers.push({ fulfilled, rejected }) - 1; }
    eject(id) { if (this.handlers[id]) this.handlers[id] = null; }
    clear() { this.handlers = []; }
  }

  function create(base) {
    const interceptors = { request: new Interceptors(), response: new Interceptors() };

    async function request(first, second) {
      const given = typeof first === 'string' ? { ...second, url: first } : first ?? {};
      let chain = Promise.resolve(merge(instance.defaults, given));
      for (const handler of [...interceptors.request.handlers].reverse()) if (handler) chain = chain.then(handler.fulfilled, handler.rejected);
      chain = chain.then(send);
      for (const handler of interceptors.response.handlers) if (handler) chain = chain.then(handler.fulfilled, handler.rejected);
      return chain;
    }

    const instance = Object.assign((first, second) => request(first, second), {
      defaults: merge({ headers: { common: {} }, timeout: 0, validateStatus: (status) => status >= 200 && status < 300 }, base),
      interceptors,
      request,
      getUri: (config) => addressOf(merge(instance.defaults, config)),
      create: (config) => create(merge(instance.defaults, config)),
    });
    for (const method of ['get', 'delete', 'head', 'options']) instance[method] = (url, config) => request({ ...config, method, url, data: config?.data });
    for (const method of ['post', 'put', 'patch']) {
      instance[method] = (url, data, config) => request({ ...config, method, url, data });
      instance[`${method}Form`] = (url, data, config) =>
        request({ ...config, method, url, data, headers: { ...config?.headers, 'content-type': 'application/x-www-form-urlencoded' } });
    }
    return instance;
  }

  const axios = create();
  Object.assign(axios, {
    AxiosError,
    AxiosHeaders,
    isAxiosError: (error) => error instanceof AxiosError,
    isCancel: (error) => error?.code === 'ERR_CANCELED',
    all: (promises) => Promise.all(promises),
    spread: (callback) => (list) => callback(...list),
    default: axios,
    axios,
  });
  module.exports = axios;
})
