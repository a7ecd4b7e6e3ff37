// Node's url: the WHATWG classes, and the older parse, format and resolve: https://nodejs.org/api/url.html#legacy-url-api
(function (kit, module, require) {
  'use strict';
  const { coded, invalidType } = require('internal/errors');
  const querystring = require('querystring');
  const { URL, URLSearchParams } = kit;
  const slashed = new Set(['http', 'https', 'ftp', 'gopher', 'file', 'ws', 'wss']);
  const hasHost = (protocol) => slashed.has(String(protocol ?? '').replace(/:$/, ''));
  const escaped = (text) => text.replace(/[\t\n\r "'<>\\^`{|}]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  const fields = ['protocol', 'slashes', 'auth', 'host', 'port', 'hostname', 'hash', 'search', 'query', 'pathname', 'path', 'href'];

  function Url() {
    for (const name of fields) this[name] = null;
  }

  function parse(given, parseQuery = false, slashesDenoteHost = false) {
    if (given instanceof Url) return given;
    if (typeof given !== 'string') throw invalidType('url', 'of type string', given);
    const url = new Url();
    const hashAt = given.indexOf('#');
    const head = (hashAt < 0 ? given : given.slice(0, hashAt)).trim();
    let rest = head.replace(/^[^?]*/, (path) => path.replace(/\\/g, '/')) + (hashAt < 0 ? '' : given.slice(hashAt).trimEnd());
    const protocol = /^[a-z0-9.+-]+:/i.exec(rest)?.[0];
    if (protocol) {
      url.protocol = protocol.toLowerCase();
      rest = rest.slice(protocol.length);
    }
    const isScript = url.protocol === 'javascript:';
    const doubled = rest.startsWith('//') && !isScript;
    if (doubled && (slashesDenoteHost || protocol || /^\/\/[^@/]+@[^@/]+/.test(rest))) {
      url.slashes = true;
      rest = rest.slice(2);
    }
    if (url.slashes || (protocol && !hasHost(protocol) && !isScript)) {
      const end = /[/?#]/.exec(rest)?.index ?? rest.length;
      let authority = rest.slice(0, end);
      rest = rest.slice(end);
      const at = authority.lastIndexOf('@');
      if (at >= 0) {
        url.auth = decodeURIComponent(authority.slice(0, at));
        authority = authority.slice(at + 1);
      }
      const wrong = /[\s"<>\\^`{|}';]/.exec(authority);
      if (wrong) {
        rest = authority.slice(wrong.index) + rest;
        authority = authority.slice(0, wrong.index);
        if (!/^[/?#]/.test(rest)) rest = `/${rest}`;
      }
      const port = /:([0-9]*)$/.exec(authority);
      if (port) {
        if (port[1]) url.port = port[1];
        authority = authority.slice(0, port.index);
      } else if (/:/.test(authority) && !authority.startsWith('[')) {
        throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'url' is invalid. Received ${kit.inspect(given)}`);
      }
      url.hostname = authority.toLowerCase();
      url.host = url.hostname + (url.port ? `:${url.port}` : '');
      if (url.hostname.startsWith('[')) url.hostname = url.hostname.slice(1, -1);
    }
    if (!isScript) rest = escaped(rest);
    const hash = rest.indexOf('#');
    if (hash >= 0) {
      url.hash = rest.slice(hash);
      rest = rest.slice(0, hash);
    }
    const query = rest.indexOf('?');
    if (query >= 0) {
      url.search = rest.slice(query);
      url.query = rest.slice(query + 1);
      rest = rest.slice(0, query);
    } else if (parseQuery) {
      url.search = null;
      url.query = Object.create(null);
    }
    if (parseQuery && query >= 0) url.query = querystring.parse(url.query);
    if (rest) url.pathname = rest;
    if (hasHost(url.protocol) && url.hostname && !url.pathname) url.pathname = '/';
    if (url.pathname || url.search) url.path = (url.pathname ?? '') + (url.search ?? '');
    url.href = format(url);
    return url;
  }

  function format(given, options) {
    if (typeof given === 'string') return format(parse(given));
    if (typeof given !== 'object' || given === null) throw invalidType('urlObject', 'one of type object or string', given);
    if (given instanceof URL) {
      const { auth = true, fragment = true, search = true } = options ?? {};
      const user = auth && given.username ? `${given.username}${given.password ? `:${given.password}` : ''}@` : '';
      return `${given.protocol}//${user}${given.host}${given.pathname}${search ? given.search : ''}${fragment ? given.hash : ''}`;
    }
    const auth = given.auth ? `${encodeURIComponent(given.auth).replace(/%3A/i, ':').replace(/%(?:21|27|28|29|2A)/gi, decodeURIComponent)}@` : '';
    let protocol = given.protocol ?? '';
    if (protocol && !protocol.endsWith(':')) protocol += ':';
    let host = '';
    if (given.host) host = auth + given.host;
    else if (given.hostname) host = auth + (given.hostname.includes(':') && !given.hostname.startsWith('[') ? `[${given.hostname}]` : given.hostname) + (given.port ? `:${given.port}` : '');
    const query = given.query !== null && typeof given.query === 'object' ? querystring.stringify(given.query) : '';
    let search = given.search || (query ? `?${query}` : '');
    let pathname = (given.pathname ?? '').replace(/[?#]/g, encodeURIComponent);
    let hash = given.hash ?? '';
    if (given.slashes || ((!protocol || hasHost(protocol)) && (given.slashes || host || /^(?:https?|ftp|gopher|file|wss?):$/.test(protocol)) && (host || given.slashes || protocol === 'file:'))) {
      if (given.slashes || host || protocol === 'file:') {
        if (pathname && !pathname.startsWith('/')) pathname = `/${pathname}`;
        host = `//${host}`;
      }
    }
    if (hash && !hash.startsWith('#')) hash = `#${hash}`;
    if (search && !search.startsWith('?')) search = `?${search}`;
    return protocol + host + pathname + search.replace(/#/g, '%23') + hash;
  }

  /** RFC 3986, 5.2.4. */
  function withoutDots(path) {
    const kept = [];
    const parts = path.split('/');
    parts.forEach((part, i) => {
      const isLast = i === parts.length - 1;
      if (part === '..') {
        if (kept.length > 1 || (kept.length === 1 && kept[0] !== '')) kept.pop();
        if (isLast) kept.push('');
      } else if (part !== '.') kept.push(part);
      else if (isLast) kept.push('');
    });
    return kept.join('/');
  }

  function resolve(from, to) {
    const base = parse(from, false, true);
    const target = parse(to, false, true);
    if (target.href === '') return format({ ...base, hash: null });
    if (target.protocol && target.protocol !== base.protocol) return target.href;
    const made = Object.assign(new Url(), { protocol: base.protocol, slashes: base.slashes, auth: base.auth, host: base.host, hash: target.hash });
    if (target.slashes) return format(Object.assign(made, { slashes: true, auth: target.auth, host: target.host, pathname: withoutDots(target.pathname ?? ''), search: target.search }));
    if (!target.pathname) return format(Object.assign(made, { pathname: base.pathname, search: target.search ?? base.search }));
    const path = target.pathname.startsWith('/') ? target.pathname : `${(base.pathname ?? (base.host ? '/' : '')).replace(/[^/]*$/, '')}${target.pathname}`;
    return format(Object.assign(made, { pathname: withoutDots(path), search: target.search }));
  }

  Object.assign(Url.prototype, {
    parse(given, ...rest) { return Object.assign(this, parse(given, ...rest)); },
    format() { return format(this); },
    resolve(to) { return resolve(this.href, to); },
  });
  for (const name of ['parse', 'format', 'resolve']) Object.defineProperty(Url.prototype, name, { enumerable: false });

  module.exports = {
    Url,
    parse,
    resolve,
    resolveObject: (from, to) => parse(resolve(from, to)),
    format,
    URL,
    URLSearchParams,
    domainToASCII: (domain) => URL.parse(`ws://${domain}`)?.hostname ?? '',
    domainToUnicode: (domain) => domain,
    pathToFileURL: (path) => new URL(`file://${path}`),
    fileURLToPath: (url) => decodeURIComponent(new URL(url).pathname),
    urlToHttpOptions({ protocol, hostname, hash, search, pathname, href, port, username, password }) {
      const options = { __proto__: null, protocol, hostname: hostname.replace(/^\[|\]$/g, ''), hash, search, pathname, path: `${pathname || ''}${search || ''}`, href };
      if (port !== '') options.port = Number(port);
      if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
      return options;
    },
  };
})
