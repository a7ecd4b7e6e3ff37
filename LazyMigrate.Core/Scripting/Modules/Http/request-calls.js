// request: the ways to call it.
(function (kit, require, parts) {
  'use strict';
  const { Jar, parse: parseCookie } = require('internal/http-cookies');

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
  function create(Request, makeRequest) {
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

  return { create };
})
