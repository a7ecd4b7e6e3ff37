// Distinguished names, https://www.rfc-editor.org/rfc/rfc4514, as @ldapjs/dn has them.
(function (kit, module) {
  'use strict';
  const hex = (bytes) => [...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
  const escape = (value) => [...String(value)].map((character, i, all) => {
    const isEdge = (i === 0 && (character === ' ' || character === '#')) || (i === all.length - 1 && character === ' ');
    // A backslash is kept in the original, which lets a value end its name early; here it is escaped too.
    return isEdge || /["+,;<>\\\x00-\x1f]/.test(character) || character > '\x7f' ? hex(Buffer.from(character, 'utf8')) : character;
  }).join('');

  class RDN {
    constructor(attributes = {}) { Object.defineProperty(this, 'pairs', { value: Object.entries(attributes) }); }
    get [Symbol.toStringTag]() { return 'LdapRdn'; }
    get size() { return this.pairs.length; }
    getValue(name) { return this.pairs.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1]; }
    has(name) { return this.getValue(name) !== undefined; }
    equals(other) { return this.toString() === String(other); }
    toString() { return this.pairs.map(([name, value]) => `${name}=${escape(value)}`).join('+'); }
  }

  function readValue(text, at) {
    const bytes = [];
    let end = 0;
    for (; at < text.length && !/[,;+]/.test(text[at]);) {
      if (text[at] === '\\') {
        const pair = /^[0-9a-fA-F]{2}/.exec(text.slice(at + 1, at + 3));
        if (!pair && at + 1 >= text.length) throw new Error('invalid escape sequence');
        bytes.push(...(pair ? [Number.parseInt(pair[0], 16)] : Buffer.from(text[at + 1], 'utf8')));
        at += pair ? 3 : 2;
        end = bytes.length;
      } else {
        const character = String.fromCodePoint(text.codePointAt(at));
        bytes.push(...Buffer.from(character, 'utf8'));
        at += character.length;
        if (character !== ' ') end = bytes.length;
      }
    }
    return { value: Buffer.from(bytes.slice(0, end)).toString('utf8'), at };
  }

  class DN {
    constructor({ rdns = [] } = {}) { Object.defineProperty(this, 'rdns', { value: rdns.map((each) => (each instanceof RDN ? each : new RDN(each))) }); }
    get [Symbol.toStringTag]() { return 'LdapDn'; }

    static fromString(text) {
      if (typeof text !== 'string') throw new Error('dnString must be a string');
      const rdns = [];
      let attributes = {};
      for (let at = 0; at < text.length;) {
        const name = /^\s*([A-Za-z][-A-Za-z0-9]*|\d+(?:\.\d+)*)\s*/.exec(text.slice(at));
        if (!name) throw new Error('invalid attribute name');
        at += name[0].length;
        if (text[at] !== '=') throw new Error('attribute value does not start with equals sign');
        at++;
        while (text[at] === ' ') at++;
        const read = readValue(text, at);
        attributes[name[1]] = read.value;
        at = read.at + 1;
        if (text[read.at] !== '+') {
          rdns.push(new RDN(attributes));
          attributes = {};
        }
      }
      return new DN({ rdns });
    }

    static isDn(value) { return value instanceof DN; }
    get length() { return this.rdns.length; }
    isEmpty() { return this.length === 0; }
    rdnAt(index) { return this.rdns[index]; }
    parent() { return this.length < 2 ? undefined : new DN({ rdns: this.rdns.slice(1) }); }
    clone() { return new DN({ rdns: this.rdns }); }
    equals(other) { return this.toString() === (typeof other === 'string' ? DN.fromString(other) : other).toString(); }
    childOf(other) {
      const above = typeof other === 'string' ? DN.fromString(other) : other;
      return above.length < this.length && new DN({ rdns: this.rdns.slice(this.length - above.length) }).equals(above);
    }
    parentOf(other) { return (typeof other === 'string' ? DN.fromString(other) : other).childOf(this); }
    toString() { return this.rdns.join(','); }
    format() { return this.toString(); }
  }

  module.exports = { DN, RDN };
})
