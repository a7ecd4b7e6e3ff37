// URL and URLSearchParams, as far as connection strings and web addresses go: no IDNA, no relative file paths with drives.
(function (tools) {
  'use strict';
  const { utf8Encode, utf8Decode, latin1Text } = tools;
  const specialPorts = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21' };
  const percentEncode = (text, keep) => text.replace(keep, (c) => [...utf8Encode(c)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''));
  const formEncode = (text) => percentEncode(text, /[^A-Za-z0-9*\-._ ]/gu).replace(/ /g, '+');
  const formDecode = (text) => utf8Decode(Uint8Array.from(
    utf8Latin(text.replace(/\+/g, ' ')).replace(/%([0-9a-fA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    (c) => c.charCodeAt(0)));
  const utf8Latin = (text) => latin1Text(utf8Encode(text));

  class URLSearchParams {
    #pairs = [];
    #changed;

    constructor(init = '', changed = undefined) {
      this.#changed = changed;
      if (typeof init === 'string') {
        for (const part of init.replace(/^\?/, '').split('&')) {
          if (part === '') continue;
          const at = part.indexOf('=');
          this.#pairs.push(at < 0 ? [formDecode(part), ''] : [formDecode(part.slice(0, at)), formDecode(part.slice(at + 1))]);
        }
      } else if (init && typeof init[Symbol.iterator] === 'function') {
        for (const [name, value] of init) this.#pairs.push([String(name), String(value)]);
      } else if (init) {
        for (const name of Object.keys(init)) this.#pairs.push([name, String(init[name])]);
      }
    }

    get size() { return this.#pairs.length; }
    #update() { this.#changed?.(this.toString()); }
    append(name, value) { this.#pairs.push([String(name), String(value)]); this.#update(); }
    delete(name) { this.#pairs = this.#pairs.filter(([key]) => key !== String(name)); this.#update(); }
    get(name) { return this.#pairs.find(([key]) => key === String(name))?.[1] ?? null; }
    getAll(name) { return this.#pairs.filter(([key]) => key === String(name)).map(([, value]) => value); }
    has(name) { return this.#pairs.some(([key]) => key === String(name)); }
    set(name, value) {
      const first = this.#pairs.find(([key]) => key === String(name));
      if (first) {
        first[1] = String(value);
        this.#pairs = this.#pairs.filter((pair) => pair === first || pair[0] !== String(name));
      } else {
        this.#pairs.push([String(name), String(value)]);
      }
      this.#update();
    }
    sort() { this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)); this.#update(); }
    forEach(callback, self) { for (const [name, value] of this.#pairs) callback.call(self, value, name, this); }
    *keys() { for (const [name] of this.#pairs) yield name; }
    *values() { for (const [, value] of this.#pairs) yield value; }
    *entries() { for (const [name, value] of this.#pairs) yield [name, value]; }
    [Symbol.iterator]() { return this.entries(); }
    toString() { return this.#pairs.map(([name, value]) => `${formEncode(name)}=${formEncode(value)}`).join('&'); }
  }

  class URL {
    #parts;
    #params;

    constructor(url, base) {
      const text = String(url).trim().replace(/[\t\n\r]/g, '');
      const parts = URL.#split(text) ?? (base === undefined ? undefined : URL.#join(new URL(base), text));
      if (!parts) throw Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input: String(url) });
      this.#parts = parts;
      this.#params = new URLSearchParams(parts.search, (search) => { parts.search = search ? `?${search}` : ''; });
    }

    static canParse(url, base) { return URL.parse(url, base) !== null; }
    static parse(url, base) { try { return new URL(url, base); } catch { return null; } }

    static #split(text) {
      const match = /^([A-Za-z][A-Za-z0-9+.-]*:)(?:([\\/]{2})([^/?#\\]*))?([^?#]*)(\?[^#]*)?(#.*)?$/.exec(text);
      if (!match) return undefined;
      const protocol = match[1].toLowerCase();
      const special = protocol in specialPorts;
      const parts = { protocol, username: '', password: '', hostname: '', port: '', slashes: match[2] !== undefined };
      if (match[2] !== undefined) {
        const at = match[3].lastIndexOf('@');
        const credentials = at < 0 ? '' : match[3].slice(0, at);
        const colon = credentials.indexOf(':');
        const userinfo = (value) => percentEncode(value, /[^A-Za-z0-9\-._~!$&'()*+,;=%]/gu);
        parts.username = userinfo(colon < 0 ? credentials : credentials.slice(0, colon));
        parts.password = colon < 0 ? '' : userinfo(credentials.slice(colon + 1));
        const address = /^(\[[0-9A-Fa-f:.]+\]|[^:\s<>[\]^|%]*)(?::(\d*))?$/.exec(match[3].slice(at + 1));
        if (!address || (special && address[1] === '') || Number(address[2] || 0) > 65535) return undefined;
        parts.hostname = special ? address[1].toLowerCase() : address[1];
        parts.port = address[2] ? String(Number(address[2])) : '';
        if (parts.port === specialPorts[protocol]) parts.port = '';
      } else if (special) {
        return undefined;
      }
      parts.pathname = URL.#path(match[4], special, match[2] !== undefined);
      parts.search = !match[5] || match[5] === '?' ? '' : percentEncode(match[5], /[^\x21\x24-\x3b\x3d\x3f-\x7e]/gu);
      parts.hash = !match[6] || match[6] === '#' ? '' : percentEncode(match[6], /[^\x21\x23-\x3b\x3d\x3f-\x5f\x61-\x7e]/gu);
      return parts;
    }

    static #path(path, special, hierarchical) {
      const encoded = percentEncode(path, /[^\x21\x24-\x3b\x3d\x40-\x5f\x61-\x7a\x7c\x7e]/gu);
      if (!special && !hierarchical) return encoded;
      const kept = [];
      const segments = (special ? encoded.replace(/\\/g, '/') : encoded).split('/').slice(1);
      segments.forEach((segment, at) => {
        if (segment === '..') kept.pop();
        else if (segment !== '.') kept.push(segment);
        if ((segment === '..' || segment === '.') && at === segments.length - 1) kept.push('');
      });
      return kept.length || special ? `/${kept.join('/')}` : '';
    }

    static #join(base, text) {
      const origin = `${base.protocol}//${base.username ? `${base.username}${base.password ? `:${base.password}` : ''}@` : ''}${base.host}`;
      if (text.startsWith('//')) return URL.#split(base.protocol + text);
      if (text.startsWith('/')) return URL.#split(origin + text);
      if (text.startsWith('?')) return URL.#split(origin + base.pathname + text);
      if (text.startsWith('#')) return URL.#split(origin + base.pathname + base.search + text);
      if (text === '') return URL.#split(origin + base.pathname + base.search);
      return URL.#split(`${origin}${base.pathname.slice(0, base.pathname.lastIndexOf('/') + 1)}${text}`);
    }

    get protocol() { return this.#parts.protocol; }
    get username() { return this.#parts.username; }
    get password() { return this.#parts.password; }
    get hostname() { return this.#parts.hostname; }
    get port() { return this.#parts.port; }
    get pathname() { return this.#parts.pathname; }
    get search() { return this.#parts.search; }
    get hash() { return this.#parts.hash; }
    get host() { return this.port ? `${this.hostname}:${this.port}` : this.hostname; }
    get origin() { return this.protocol in specialPorts ? `${this.protocol}//${this.host}` : 'null'; }
    get searchParams() { return this.#params; }
    get href() {
      const user = this.username || this.password ? `${this.username}${this.password ? `:${this.password}` : ''}@` : '';
      return `${this.protocol}${this.#parts.slashes ? '//' : ''}${user}${this.host}${this.pathname}${this.search}${this.hash}`;
    }

    set href(value) {
      const other = new URL(value);
      this.#parts = other.#parts;
      this.#params = other.#params;
    }
    set protocol(value) {
      const protocol = `${String(value).toLowerCase().replace(/:.*$/s, '')}:`;
      if (!/^[a-z][a-z0-9+.-]*:$/.test(protocol) || (protocol in specialPorts) !== (this.protocol in specialPorts)) return;
      this.#parts.protocol = protocol;
      if (this.port === specialPorts[protocol]) this.port = '';
    }
    set host(value) {
      const [, hostname, port] = /^(\[[^\]]*\]|[^:/?#]*)(?::(\d+))?/.exec(value);
      if (hostname === '') return;
      this.hostname = hostname;
      if (port !== undefined) this.port = port === specialPorts[this.protocol] ? '' : port;
    }
    set hostname(value) { this.#parts.hostname = String(value); }
    set port(value) { this.#parts.port = String(value); }
    set username(value) { this.#parts.username = encodeURIComponent(value); }
    set password(value) { this.#parts.password = encodeURIComponent(value); }
    set pathname(value) { this.#parts.pathname = String(value).startsWith('/') ? String(value) : `/${value}`; }
    set hash(value) { this.#parts.hash = value ? `#${String(value).replace(/^#/, '')}` : ''; }
    set search(value) {
      const parts = this.#parts;
      parts.search = value ? `?${String(value).replace(/^\?/, '')}` : '';
      this.#params = new URLSearchParams(parts.search, (search) => { parts.search = search ? `?${search}` : ''; });
    }

    toString() { return this.href; }
    toJSON() { return this.href; }
  }

  return { URL, URLSearchParams };
})
