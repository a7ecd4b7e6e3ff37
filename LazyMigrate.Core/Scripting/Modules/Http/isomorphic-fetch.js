// isomorphic-fetch: node-fetch, which also becomes the global fetch where there is none. https://github.com/matthew-andrews/isomorphic-fetch
(function (kit, module, require) {
  'use strict';
  const fetch = require('node-fetch');
  module.exports = Object.assign((url, options) => fetch(typeof url === 'string' && url.startsWith('//') ? `https:${url}` : url, options), { default: fetch, fetch, Headers: fetch.Headers, Request: fetch.Request, Response: fetch.Response });
})
