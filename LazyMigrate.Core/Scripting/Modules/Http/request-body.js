// request: form, query and JSON.
(function (kit, require, parts) {
  'use strict';
  const url = require('url');
  const qs = require('qs');
  const querystring = require('querystring');

  const rfc3986 = (text) => text.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const isForm = (type) => /^application\/x-www-form-urlencoded\b/.test(type);
  function stringify(value, replacer) {
    try {
      return JSON.stringify(value, replacer);
    } catch {
      const above = [];
      return JSON.stringify(value, function (key, each) {
        while (above.length && above.at(-1) !== this) above.pop();
        if (typeof each !== 'object' || each === null) return each;
        if (above.includes(each)) return '[Circular ~]';
        above.push(each);
        return each;
      });
    }
  }

  const queryOf = (request, value) => (request.useQuerystring
    ? rfc3986(querystring.stringify(value, request.qsStringifyOptions?.sep, request.qsStringifyOptions?.eq, request.qsStringifyOptions))
    : qs.stringify(value, request.qsStringifyOptions));
  const parseQuery = (request, text) => (request.useQuerystring ? { ...querystring.parse(text) } : qs.parse(text, request.qsParseOptions));

  const bodyMethods = {
    form(form) {
      if (form) {
        if (!isForm(this.getHeader('content-type'))) this.setHeader('content-type', 'application/x-www-form-urlencoded');
        this.body = typeof form === 'string' ? rfc3986(form) : queryOf(this, form);
        return this;
      }
      const FormData = require('form-data');
      this._form = new FormData();
      this._form.on('error', (error) => {
        this.emit('error', Object.assign(error, { message: `form-data: ${error.message}` }));
        this.abort();
      });
      return this._form;
    },
    qs(values, clobber) {
      const base = !clobber && this.uri.query ? parseQuery(this, this.uri.query) : {};
      const text = queryOf(this, Object.assign(base, values));
      if (text === '') return this;
      this.uri = url.parse(`${this.uri.href.split('?')[0]}?${text}`);
      this.url = this.uri;
      this.path = this.uri.path;
      return this;
    },
    json(value) {
      if (!this.hasHeader('accept')) this.setHeader('accept', 'application/json');
      if (typeof this.jsonReplacer === 'function') this._jsonReplacer = this.jsonReplacer;
      if (typeof this.jsonReviver === 'function') this._jsonReviver = this.jsonReviver;
      this._json = true;
      if (typeof value !== 'boolean') this.body = stringify(value, this._jsonReplacer);
      else if (this.body === undefined) return this;
      else this.body = isForm(this.getHeader('content-type')) ? rfc3986(this.body) : stringify(this.body, this._jsonReplacer);
      if (!this.hasHeader('content-type')) this.setHeader('content-type', 'application/json');
      return this;
    },
  };

  return { bodyMethods };
})
