// What request.jar() holds: cookies by host, for one run.
(function (kit, module) {
  'use strict';

  /** "a=1; Path=/" as tough-cookie's Cookie, as far as scripts read it. */
  function parse(text) {
    const [pair, ...attributes] = String(text).split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const cookie = { key: at < 0 ? pair : pair.slice(0, at), value: at < 0 ? '' : pair.slice(at + 1), path: '/', expired: false };
    for (const attribute of attributes) {
      const [name, value = ''] = attribute.split(/=(.*)/s);
      if (/^path$/i.test(name) && value.startsWith('/')) cookie.path = value;
      if (/^domain$/i.test(name)) cookie.domain = value.replace(/^\./, '').toLowerCase();
      if (/^secure$/i.test(name)) cookie.secure = true;
      if (/^httponly$/i.test(name)) cookie.httpOnly = true;
      if (/^max-age$/i.test(name)) cookie.expired = Number(value) <= 0;
      else if (/^expires$/i.test(name) && Date.parse(value) < Date.now()) cookie.expired = true;
    }
    Object.defineProperty(cookie, 'cookieString', { value: () => `${cookie.key}=${cookie.value}` });
    Object.defineProperty(cookie, 'toString', { value: () => text });
    return cookie;
  }

  function matches(cookie, url) {
    const host = url.hostname.toLowerCase();
    const isHost = host === cookie.host || (cookie.domain !== undefined && (host === cookie.domain || host.endsWith(`.${cookie.domain}`)));
    const isPath = url.pathname === cookie.path || url.pathname.startsWith(cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`);
    return isHost && isPath && (!cookie.secure || url.protocol === 'https:');
  }

  class Jar {
    #cookies = [];

    setCookie(given, uri) {
      const cookie = typeof given === 'string' ? parse(given) : given;
      const url = new kit.URL(typeof uri === 'string' ? uri : uri.href);
      Object.defineProperty(cookie, 'host', { value: url.hostname.toLowerCase(), configurable: true });
      // A host must not set what another one reads.
      if (cookie.domain !== undefined && cookie.host !== cookie.domain && !cookie.host.endsWith(`.${cookie.domain}`)) return undefined;
      this.#cookies = this.#cookies.filter((each) => each.key !== cookie.key || each.host !== cookie.host || each.path !== cookie.path);
      if (!cookie.expired) this.#cookies.push(cookie);
      return cookie;
    }
    getCookies(uri) {
      const url = new kit.URL(typeof uri === 'string' ? uri : uri.href);
      return this.#cookies.filter((cookie) => matches(cookie, url));
    }
    getCookieString(uri) { return this.getCookies(uri).map((cookie) => cookie.cookieString()).join('; '); }
  }

  module.exports = { Jar, parse };
})
