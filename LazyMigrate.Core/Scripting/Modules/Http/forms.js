// Blob, File and FormData of the web, and how a form goes out: https://xhr.spec.whatwg.org/#interface-formdata.
(function (kit, module, require) {
  'use strict';
  const { invalidType } = require('internal/errors');
  let bytesOf;

  class Blob {
    #bytes;
    #type;

    constructor(parts = [], options = {}) {
      if (typeof parts !== 'object' || parts === null || typeof parts[Symbol.iterator] !== 'function') throw invalidType('sources', 'a sequence', parts);
      this.#bytes = kit.BufferClass.concat(Array.from(parts, (part) => {
        if (part instanceof Blob) return part.#bytes;
        if (part instanceof ArrayBuffer) return new Uint8Array(part);
        return ArrayBuffer.isView(part) ? kit.toBytes(part) : kit.toBytes(String(part));
      }));
      this.#type = /[^\x20-\x7e]/.test(options.type ?? '') ? '' : String(options.type ?? '').toLowerCase();
    }

    get size() { return this.#bytes.length; }
    get type() { return this.#type; }
    async text() { return new TextDecoder().decode(this.#bytes); }
    async bytes() { return new Uint8Array(this.#bytes); }
    async arrayBuffer() { return (await this.bytes()).buffer; }
    slice(start, end, type) { return new Blob([new Uint8Array(this.#bytes).slice(start, end)], { type }); }
    get [Symbol.toStringTag]() { return 'Blob'; }

    static { bytesOf = (blob) => new Uint8Array(blob.#bytes); }
  }

  class File extends Blob {
    #name;
    #lastModified;

    constructor(parts, name, options = {}) {
      super(parts, options);
      this.#name = String(name);
      this.#lastModified = options.lastModified ?? Date.now();
    }

    get name() { return this.#name; }
    get lastModified() { return this.#lastModified; }
    get [Symbol.toStringTag]() { return 'File'; }
  }

  class FormData {
    #entries = [];

    static #entry(name, value, filename) {
      if (!(value instanceof Blob)) return [String(name), String(value)];
      return [String(name), value instanceof File && filename === undefined ? value : new File([value], filename ?? 'blob', { type: value.type })];
    }

    append(name, value, filename) { this.#entries.push(FormData.#entry(name, value, filename)); }
    set(name, value, filename) {
      const at = this.#entries.findIndex(([known]) => known === String(name));
      const entry = FormData.#entry(name, value, filename);
      if (at < 0) this.#entries.push(entry);
      else this.#entries = this.#entries.flatMap((each, i) => (i === at ? [entry] : each[0] === entry[0] ? [] : [each]));
    }
    get(name) { return this.#entries.find(([known]) => known === String(name))?.[1] ?? null; }
    getAll(name) { return this.#entries.filter(([known]) => known === String(name)).map(([, value]) => value); }
    has(name) { return this.#entries.some(([known]) => known === String(name)); }
    delete(name) { this.#entries = this.#entries.filter(([known]) => known !== String(name)); }
    forEach(callback, self) { for (const [name, value] of this) callback.call(self, value, name, this); }
    *entries() { for (const [name, value] of this.#entries) yield [name, value]; }
    *keys() { for (const [name] of this.#entries) yield name; }
    *values() { for (const [, value] of this.#entries) yield value; }
    [Symbol.iterator]() { return this.entries(); }
    get [Symbol.toStringTag]() { return 'FormData'; }
  }

  const escaped = (name) => name.replace(/\r\n|\r|\n/g, '%0D%0A').replace(/"/g, '%22');

  /** A form as multipart/form-data, RFC 7578. */
  function multipart(form) {
    const boundary = `----formdata-undici-0${String(Math.floor(Math.random() * 1e11)).padStart(11, '0')}`;
    const pieces = [];
    for (const [name, value] of form) {
      const file = typeof value === 'string' ? '' : `; filename="${escaped(value.name)}"\r\nContent-Type: ${value.type || 'application/octet-stream'}`;
      pieces.push(`--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"${file}\r\n\r\n`);
      pieces.push(typeof value === 'string' ? value.replace(/\r\n|\r|\n/g, '\r\n') : bytesOf(value), '\r\n');
    }
    pieces.push(`--${boundary}--\r\n`);
    return { bytes: bytesOf(new Blob(pieces)), type: `multipart/form-data; boundary=${boundary}` };
  }

  module.exports = { Blob, File, FormData, multipart, bytesOf };
})
