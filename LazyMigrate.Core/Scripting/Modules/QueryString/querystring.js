// Node's querystring: https://nodejs.org/api/querystring.html
(function (kit, module) {
  'use strict';
  const unescape = (text) => {
    try {
      return decodeURIComponent(text.replace(/\+/g, ' '));
    } catch {
      return text;
    }
  };

  function parse(text, separator = '&', equals = '=') {
    const result = Object.create(null);
    for (const part of String(text ?? '').split(separator)) {
      if (part === '') continue;
      const at = part.indexOf(equals);
      const name = unescape(at < 0 ? part : part.slice(0, at));
      const value = at < 0 ? '' : unescape(part.slice(at + equals.length));
      if (name in result) result[name] = [].concat(result[name], value);
      else result[name] = value;
    }
    return result;
  }

  function stringify(object, separator = '&', equals = '=') {
    const escape = (value) => encodeURIComponent(typeof value === 'object' ? '' : String(value ?? ''));
    return Object.keys(object ?? {})
      .flatMap((name) => [].concat(object[name]).map((value) => `${escape(name)}${equals}${escape(value)}`))
      .join(separator);
  }

  module.exports = { parse, stringify, decode: parse, encode: stringify, escape: encodeURIComponent, unescape };
})
