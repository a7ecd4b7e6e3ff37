// Node's querystring: https://nodejs.org/api/querystring.html
(function (kit, module) {
  'use strict';
  /** Percent signs that begin no escape stay as they are, and bytes that are no UTF-8 become U+FFFD. */
  function unescapeBuffer(text) {
    const source = String(text).replace(/%([0-9a-fA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(source, 'latin1');
  }
  function unescape(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return Buffer.from(Buffer.from(String(text)).toString('latin1').replace(/%([0-9a-fA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString();
    }
  }
  function escape(value) {
    const text = typeof value === 'string' ? value : typeof value === 'object' ? String(value) : `${value}`;
    try {
      return encodeURIComponent(text);
    } catch {
      throw Object.assign(new URIError('URI malformed'), { code: 'ERR_INVALID_URI' });
    }
  }
  const primitive = (value) => {
    switch (typeof value) {
      case 'string': return value;
      case 'number': return Number.isFinite(value) ? `${value}` : '';
      case 'bigint': case 'boolean': return `${value}`;
      default: return '';
    }
  };

  function parse(text, separator, equals, options) {
    const made = Object.create(null);
    if (typeof text !== 'string' || text === '') return made;
    const sep = separator ? String(separator) : '&';
    const eq = equals ? String(equals) : '=';
    const limit = typeof options?.maxKeys === 'number' ? options.maxKeys : 1000;
    const decode = typeof options?.decodeURIComponent === 'function' ? options.decodeURIComponent : querystring.unescape;
    const read = (part) => {
      const spaced = part.replace(/\+/g, ' ');
      try {
        return decode(spaced);
      } catch {
        return unescape(spaced);
      }
    };
    let parts = text.split(sep).filter((part) => part !== '');
    if (limit > 0) parts = parts.slice(0, limit);
    for (const part of parts) {
      const at = part.indexOf(eq);
      const name = read(at < 0 ? part : part.slice(0, at));
      const value = at < 0 ? '' : read(part.slice(at + eq.length));
      if (!(name in made)) made[name] = value;
      else if (Array.isArray(made[name])) made[name].push(value);
      else made[name] = [made[name], value];
    }
    return made;
  }

  function stringify(object, separator, equals, options) {
    if (object === null || typeof object !== 'object') return '';
    const encode = typeof options?.encodeURIComponent === 'function' ? options.encodeURIComponent : querystring.escape;
    const sep = separator || '&';
    const eq = equals || '=';
    return Object.keys(object)
      .flatMap((name) => (Array.isArray(object[name]) ? object[name] : [object[name]]).map((value) => `${encode(primitive(name))}${eq}${encode(primitive(value))}`))
      .join(sep);
  }

  const querystring = { unescapeBuffer, unescape, escape, stringify, encode: stringify, parse, decode: parse };
  module.exports = querystring;
})
