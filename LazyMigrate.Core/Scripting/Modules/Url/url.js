// Node's url: the WHATWG classes, and the older parse and format for web addresses: https://nodejs.org/api/url.html
(function (kit, module, require) {
  'use strict';
  const querystring = require('querystring');
  const { URL, URLSearchParams } = kit;

  function parse(text, parseQuery = false) {
    const url = new URL(text, 'http://localhost');
    const absolute = URL.canParse(text);
    const query = url.search.slice(1);
    return {
      protocol: absolute ? url.protocol : null,
      slashes: absolute ? true : null,
      auth: url.username ? `${decodeURIComponent(url.username)}${url.password ? `:${decodeURIComponent(url.password)}` : ''}` : null,
      host: absolute ? url.host : null,
      port: url.port || null,
      hostname: absolute ? url.hostname : null,
      hash: url.hash || null,
      search: url.search || null,
      query: parseQuery ? querystring.parse(query) : query || null,
      pathname: url.pathname || null,
      path: `${url.pathname}${url.search}` || null,
      href: absolute ? url.href : `${url.pathname}${url.search}${url.hash}`,
    };
  }

  function format(value) {
    if (typeof value === 'string' || value instanceof URL) return String(value);
    const query = value.search ?? (value.query ? `?${typeof value.query === 'object' ? querystring.stringify(value.query) : value.query}` : '');
    const host = value.host ?? (value.hostname ? `${value.hostname}${value.port ? `:${value.port}` : ''}` : '');
    const protocol = value.protocol ? `${value.protocol.replace(/:?$/, ':')}//` : '';
    return `${protocol}${value.auth ? `${value.auth}@` : ''}${host}${value.pathname ?? ''}${query}${value.hash ?? ''}`;
  }

  module.exports = { URL, URLSearchParams, parse, format, resolve: (from, to) => new URL(to, from).href };
})
