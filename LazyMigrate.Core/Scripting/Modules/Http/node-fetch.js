// node-fetch, isomorphic-fetch and cross-fetch: the global fetch as a module. https://github.com/node-fetch/node-fetch
(function (kit, module, require) {
  'use strict';
  const { fetch, Headers, Request, Response } = require('undici');

  class FetchError extends Error {
    constructor(message, type, cause) {
      super(message, { cause });
      this.name = 'FetchError';
      this.type = type;
      this.code = cause?.code;
      this.errno = cause?.code;
    }
  }

  async function nodeFetch(url, options) {
    try {
      return await fetch(url, options);
    } catch (error) {
      if (!error.cause) throw error;
      const address = typeof url === 'object' && url !== null && 'url' in url ? url.url : String(url);
      throw new FetchError(`request to ${address} failed, reason: ${error.cause.message}`, error.code === 'ETIMEDOUT' ? 'request-timeout' : 'system', error.cause);
    }
  }

  module.exports = Object.assign(nodeFetch, { default: nodeFetch, fetch: nodeFetch, Headers, Request, Response, FetchError });
})
