// form-data: https://github.com/form-data/form-data. The parts are texts, Buffers and streams that have their data already.
(function (kit, module, require) {
  'use strict';
  const { Readable } = require('stream');
  const types = { css: 'text/css', csv: 'text/csv', gif: 'image/gif', html: 'text/html', jpeg: 'image/jpeg', jpg: 'image/jpeg', js: 'application/javascript', json: 'application/json', pdf: 'application/pdf', png: 'image/png', svg: 'image/svg+xml', txt: 'text/plain', xml: 'application/xml' };

  function FormData(options) {
    if (!(this instanceof FormData)) return new FormData(options);
    Readable.call(this, options);
    Object.defineProperties(this, { _parts: { value: [] }, _boundary: { value: null, writable: true } });
  }
  Object.setPrototypeOf(FormData.prototype, Readable.prototype);
  Object.setPrototypeOf(FormData, Readable);

  function headOf(form, name, value, options) {
    const file = options.filename ?? options.filepath ?? (value?.path ? String(value.path).split('/').at(-1) : undefined);
    const type = options.contentType ?? (file === undefined ? undefined : types[String(file).split('.').at(-1).toLowerCase()] ?? 'application/octet-stream')
      ?? (typeof value === 'object' && !ArrayBuffer.isView(value) ? 'application/octet-stream' : undefined);
    const lines = [`Content-Disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"`}`];
    if (type) lines.push(`Content-Type: ${type}`);
    for (const [header, given] of Object.entries(options.header ?? {})) lines.push(`${header}: ${given}`);
    return `--${form.getBoundary()}\r\n${lines.join('\r\n')}\r\n\r\n`;
  }

  Object.assign(FormData.prototype, {
    append(name, given, options) {
      const rest = typeof options === 'string' ? { filename: options } : options ?? {};
      const value = typeof given === 'number' || typeof given === 'boolean' || given === null || given === undefined ? String(given) : given;
      if (Array.isArray(value)) {
        this.emit('error', new Error('Arrays are not supported.'));
        return;
      }
      if (typeof value !== 'string' && !ArrayBuffer.isView(value) && typeof value.on !== 'function') throw new TypeError(`form-data: the part "${name}" must be a string, a Buffer or a stream.`);
      this._parts.push({ head: headOf(this, name, value, rest), value });
    },
    getBoundary() {
      this._boundary ??= `--------------------------${Array.from({ length: 24 }, () => Math.floor(Math.random() * 10)).join('')}`;
      return this._boundary;
    },
    setBoundary(boundary) { this._boundary = boundary; },
    getHeaders(more) { return { ...Object.fromEntries(Object.entries(more ?? {}).map(([name, value]) => [name.toLowerCase(), value])), 'content-type': `multipart/form-data; boundary=${this.getBoundary()}` }; },
    hasKnownLength() { return this._parts.every(({ value }) => typeof value === 'string' || ArrayBuffer.isView(value)); },
    getBuffer() {
      const pieces = this._parts.flatMap(({ head, value }) => [kit.BufferClass.from(head), kit.BufferClass.from(value), kit.BufferClass.from('\r\n')]);
      return kit.BufferClass.concat([...pieces, kit.BufferClass.from(`--${this.getBoundary()}--\r\n`)]);
    },
    getLengthSync() { return this.getBuffer().length; },
    getLength(callback) { process.nextTick(() => (this.hasKnownLength() ? kit.guard(callback, null, this.getBuffer().length) : kit.guard(callback, new Error('Unknown stream')))); },
    _read() {
      if (this._reading) return;
      this._reading = true;
      this._all().then((bytes) => {
        this.push(bytes);
        this.push(null);
      }, (error) => this.destroy(error));
    },
    /** All parts as one Buffer, streams read to their ends. */
    async _all() {
      for (const part of this._parts) {
        if (typeof part.value === 'string' || ArrayBuffer.isView(part.value)) continue;
        const chunks = [];
        for await (const chunk of part.value) chunks.push(kit.BufferClass.from(chunk));
        part.value = kit.BufferClass.concat(chunks);
      }
      return this.getBuffer();
    },
    toString() { return '[object FormData]'; },
  });
  Object.defineProperty(FormData.prototype, Symbol.toStringTag, { value: 'FormData', configurable: true });
  module.exports = FormData;
})
