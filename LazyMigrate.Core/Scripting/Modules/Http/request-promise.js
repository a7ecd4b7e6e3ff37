// request-promise 4 (with bluebird) and request-promise-native: https://github.com/request/request-promise
(function (kit, module, require) {
  'use strict';
  const original = require('request');

  function errorType(name, prepare) {
    function Type(...args) {
      this.name = name;
      prepare(this, ...args);
      Error.captureStackTrace(this, Type);
    }
    Object.defineProperty(Type, 'name', { value: name });
    Type.prototype = Object.create(Error.prototype, { constructor: { value: Type, writable: true, configurable: true } });
    return Type;
  }
  const ofCause = (error, cause, options, response) => Object.assign(error, { message: String(cause), cause, error: cause, options, response });
  const RequestError = errorType('RequestError', ofCause);
  const TransformError = errorType('TransformError', ofCause);
  const StatusCodeError = errorType('StatusCodeError', (error, statusCode, body, options, response) => {
    Object.assign(error, { statusCode, message: `${statusCode} - ${JSON.stringify(body)}`, error: body, options, response });
  });
  const errors = { RequestError, StatusCodeError, TransformError };

  function create(PromiseType, exposed) {
    function promised(params) {
      let settle;
      let request;
      const promise = new PromiseType((resolve, reject) => { settle = { resolve, reject }; });
      // Whoever took a callback may leave the promise alone.
      promise.then(undefined, () => {});
      const options = { ...params };
      const call = options.callback;
      if (typeof options.method === 'string') options.method = options.method.toUpperCase();
      if (!options.transform && options.method === 'HEAD') options.transform = (body, response, isFull) => (isFull ? response : response.headers);
      Object.assign(options, { simple: options.simple !== false, resolveWithFullResponse: options.resolveWithFullResponse === true, transform2xxOnly: options.transform2xxOnly === true });
      options.callback = (error, response, body) => {
        try {
          call?.call(request, error, response, body);
        } finally {
          finish(error, response, body);
        }
      };
      const transformed = (body, response) => new PromiseType((resolve) => { resolve(options.transform(body, response, options.resolveWithFullResponse)); });
      const finish = (error, response, body) => {
        const isGood = !error && /^2/.test(String(response.statusCode));
        const transforms = typeof options.transform === 'function' && (isGood || !options.transform2xxOnly);
        const failTransform = (failure) => settle.reject(new TransformError(failure, options, response));
        if (error) settle.reject(new RequestError(error, options, response));
        else if (options.simple && !isGood) {
          if (transforms) transformed(body, response).then((value) => settle.reject(new StatusCodeError(response.statusCode, body, options, value))).catch(failTransform);
          else settle.reject(new StatusCodeError(response.statusCode, body, options, response));
        } else if (transforms) transformed(body, response).then((value) => settle.resolve(value)).catch(failTransform);
        else settle.resolve(options.resolveWithFullResponse ? response : body);
      };
      request = new original.Request({ ...options, transform: undefined });
      const own = (name, value) => Object.defineProperty(request, name, { value, configurable: true, writable: true });
      for (const name of exposed) own(name, (...args) => promise[name](...args));
      own('promise', () => promise);
      own('cancel', () => request.abort());
      return request;
    }
    return Object.assign(original.create(promised), { errors });
  }

  module.exports = create(require('bluebird'), ['then', 'catch', 'finally']);
  Object.defineProperty(module.exports, 'native', { value: create(Promise, ['then', 'catch']) });
})
