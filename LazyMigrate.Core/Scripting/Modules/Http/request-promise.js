// request-promise and request-promise-native: https://github.com/request/request-promise
(function (kit, module, require) {
  'use strict';
  const original = require('request');

  class StatusCodeError extends Error {
    constructor(response, body, options) {
      super(`${response.statusCode} - ${kit.inspect(body)}`);
      this.name = 'StatusCodeError';
      this.statusCode = response.statusCode;
      this.error = body;
      Object.defineProperties(this, { options: { value: options }, response: { value: response } });
    }
  }
  class RequestError extends Error {
    constructor(cause, options) {
      super(String(cause), { cause });
      this.name = 'RequestError';
      this.code = cause.code;
      this.error = cause;
      Object.defineProperties(this, { options: { value: options } });
    }
  }

  function promised(send) {
    return (uri, options, callback) => {
      let settle;
      const promise = new Promise((resolve, reject) => { settle = { resolve, reject }; });
      const call = [uri, options, callback].find((each) => typeof each === 'function');
      const request = send(uri, typeof options === 'object' ? options : undefined, (error, response, body) => {
        if (call) kit.guard(call, error, response, body);
        const given = request.options;
        if (error) settle.reject(new RequestError(error, given));
        else if (given.simple !== false && (response.statusCode < 200 || response.statusCode > 299)) settle.reject(new StatusCodeError(response, body, given));
        else settle.resolve(typeof given.transform === 'function' ? given.transform(body, response, given.resolveWithFullResponse) : given.resolveWithFullResponse ? response : body);
      });
      return Object.assign(request, {
        then: (...args) => promise.then(...args),
        catch: (...args) => promise.catch(...args),
        finally: (...args) => promise.finally(...args),
        promise: () => promise,
      });
    };
  }

  function wrap(request) {
    const wrapped = promised(request);
    for (const method of ['get', 'head', 'post', 'put', 'patch', 'del', 'delete', 'options']) wrapped[method] = promised(request[method]);
    wrapped.defaults = (options) => wrap(request.defaults(options));
    return wrapped;
  }

  module.exports = Object.assign(wrap(original), { errors: { StatusCodeError, RequestError } });
})
