// What the HTTP facades share: one request through the host part (HttpSession.cs), and headers as Node shows them.
(function (kit, module, require) {
  'use strict';
  let lastRequest = 0;

  // https://nodejs.org/api/http.html#messageheaders: of these only the first counts.
  const single = new Set([
    'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since', 'if-unmodified-since',
    'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent',
  ]);

  function headersOf(pairs) {
    const headers = {};
    for (const [given, value] of pairs) {
      const name = given.toLowerCase();
      if (name === 'set-cookie') headers[name] = [...headers[name] ?? [], value];
      else if (!(name in headers)) headers[name] = value;
      else if (!single.has(name)) headers[name] = `${headers[name]}${name === 'cookie' ? '; ' : ', '}${value}`;
    }
    return headers;
  }

  const tlsNames = ['ca', 'cert', 'key', 'pfx', 'passphrase', 'rejectUnauthorized', 'servername'];

  /** The TLS options among several sets of options, the later before the earlier. */
  function tlsOf(...given) {
    const options = {};
    for (const each of given) for (const name of tlsNames) if (each?.[name] !== undefined && each[name] !== null) options[name] = each[name];
    if (options.rejectUnauthorized === undefined && process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') options.rejectUnauthorized = false;
    return kit.tls(options);
  }

  /**
   * Sends a request: `reply` settles with status, statusText, headers (pairs), url, redirected and body (a Buffer).
   * `call` is the host part of the module that asks, so that it is the one in the record of calls.
   */
  function send(call, { url, method, headers, body, ...rest }) {
    const id = ++lastRequest;
    const reply = call('fetch', {
      id,
      url,
      method,
      headers,
      body: body === null || body === undefined ? null : kit.toBase64(kit.toBytes(body)),
      ...rest,
      timeout: rest.timeout > 0 && rest.timeout < 2 ** 31 ? Math.ceil(rest.timeout) : null,
    }).then((answer) => ({ ...answer, body: kit.fromBase64(answer.body) }), (error) => { throw error.port === undefined ? error : Object.assign(error, { port: Number(error.port) }); });
    return { reply, abort: () => { call('abort', { id }).catch(() => {}); } };
  }

  module.exports = { headersOf, tlsOf, send };
})
