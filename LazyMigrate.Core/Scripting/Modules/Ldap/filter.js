// Search filters, https://www.rfc-editor.org/rfc/rfc4515, as @ldapjs/filter has them: classes, a parser, and text again.
(function (kit, module) {
  'use strict';
  const bytesOf = (value) => (ArrayBuffer.isView(value) ? Buffer.from(value) : Buffer.from(String(value), 'utf8'));
  const toHost = (value) => kit.toBase64(bytesOf(value));

  /** A value as part of a filter's text: `*`, parentheses, backslash and control characters as \2a. */
  const escape = (value) => bytesOf(value).toString('utf8').replace(/[*()\\\x00-\x1f]/g, (each) => `\\${each.charCodeAt(0).toString(16).padStart(2, '0')}`);

  /** \2a in a filter's text is the byte itself. */
  const unescape = (text) => {
    if (!/\\[0-9a-fA-F]{2}/.test(text)) return text;
    const bytes = [];
    for (let i = 0; i < text.length;) {
      const hex = /^\\([0-9a-fA-F]{2})/.exec(text.slice(i, i + 3));
      const part = hex ? undefined : String.fromCodePoint(text.codePointAt(i));
      bytes.push(...(hex ? [Number.parseInt(hex[1], 16)] : Buffer.from(part, 'utf8')));
      i += hex ? 3 : part.length;
    }
    const buffer = Buffer.from(bytes);
    const decoded = buffer.toString('utf8');
    return Buffer.from(decoded, 'utf8').equals(buffer) ? decoded : buffer;
  };

  class FilterString {
    constructor({ attribute = '', value } = {}) {
      if (typeof attribute !== 'string') throw new Error('attribute must be a string');
      Object.defineProperty(this, 'attribute', { value: attribute, writable: true, enumerable: true });
      Object.defineProperty(this, 'value', { value, writable: true, enumerable: true });
    }

    get [Symbol.toStringTag]() { return 'FilterString'; }
    get type() { return this.constructor.name; }
    get json() { return { type: this.type, attribute: this.attribute, value: this.value }; }
    toJSON() { return this.json; }
  }

  const comparing = (name, kind, sign) => ({
    [name]: class extends FilterString {
      constructor(options = {}) {
        super(options);
        if (!options.attribute) throw new Error('attribute must be a string of at least one character');
        if (options.value === undefined || options.value === '') throw new Error('must either provide a buffer via `raw` or some `value`');
      }
      toString() { return `(${this.attribute}${sign}${escape(this.value)})`; }
      toHost() { return { t: kind, a: this.attribute, v: toHost(this.value) }; }
    },
  }[name]);
  const EqualityFilter = comparing('EqualityFilter', 'eq', '=');
  const GreaterThanEqualsFilter = comparing('GreaterThanEqualsFilter', 'ge', '>=');
  const LessThanEqualsFilter = comparing('LessThanEqualsFilter', 'le', '<=');
  const ApproximateFilter = comparing('ApproximateFilter', 'approx', '~=');

  class PresenceFilter extends FilterString {
    constructor(options = {}) {
      if (!options.attribute) throw new Error('attribute must be a string of at least one character');
      super({ attribute: options.attribute });
    }
    get json() { return { type: this.type, attribute: this.attribute }; }
    toString() { return `(${this.attribute}=*)`; }
    toHost() { return { t: 'present', a: this.attribute }; }
  }

  class SubstringFilter extends FilterString {
    constructor(options = {}) {
      if (!options.attribute) throw new Error('attribute must be a string of at least one character');
      super({ attribute: options.attribute });
      const { initial, subInitial, any, subAny, final, subFinal } = options;
      Object.assign(this, { initial: initial ?? subInitial ?? '', any: [...(any ?? subAny ?? [])], final: final ?? subFinal ?? '' });
    }
    get json() { return { type: this.type, initial: this.initial, any: this.any, final: this.final }; }
    toString() { return `(${this.attribute}=${escape(this.initial)}*${this.any.map((each) => `${escape(each)}*`).join('')}${escape(this.final)})`; }
    toHost() { return { t: 'sub', a: this.attribute, initial: toHost(this.initial), any: this.any.map(toHost), final: toHost(this.final) }; }
  }

  class ExtensibleFilter extends FilterString {
    constructor(options = {}) {
      super({ attribute: options.attribute ?? options.matchType ?? '', value: options.value ?? '' });
      this.rule = options.rule ?? options.matchingRule ?? '';
      this.dnAttributes = options.dnAttributes === true;
    }
    get matchType() { return this.attribute; }
    toString() { return `(${this.attribute}:${this.dnAttributes ? 'dn:' : ''}${this.rule ? `${this.rule}:` : ''}=${escape(this.value)})`; }
    toHost() { return { t: 'ext', a: this.attribute, v: toHost(this.value), rule: this.rule, dn: this.dnAttributes }; }
  }

  const check = (filter) => {
    if (Object.prototype.toString.call(filter) !== '[object FilterString]') throw new Error('each filter must be a FilterString');
    return filter;
  };
  const joining = (name, kind, sign) => ({
    [name]: class extends FilterString {
      constructor({ filters = [] } = {}) {
        super();
        Object.defineProperty(this, 'clauses', { value: filters.map(check), writable: true });
      }
      get filters() { return this.clauses; }
      addClause(filter) { this.clauses.push(check(filter)); }
      addFilter(filter) { this.addClause(filter); }
      get json() { return { type: this.type, filters: this.clauses.map((each) => each.json) }; }
      toString() { return `(${sign}${this.clauses.join('')})`; }
      toHost() { return { t: kind, f: this.clauses.map((each) => each.toHost()) }; }
    },
  }[name]);
  const AndFilter = joining('AndFilter', 'and', '&');
  const OrFilter = joining('OrFilter', 'or', '|');

  class NotFilter extends FilterString {
    constructor({ filter } = {}) {
      super();
      this.setFilter(filter);
    }
    get filter() { return this.inner; }
    setFilter(filter) { Object.defineProperty(this, 'inner', { value: check(filter), writable: true, configurable: true }); }
    get json() { return { type: this.type, filter: this.inner.json }; }
    toString() { return `(!${this.inner})`; }
    toHost() { return { t: 'not', f: this.inner.toHost() }; }
  }

  /** `uid=ada`, `cn=a*c`, `mail>=x`, `cn:dn:2.4.8:=x`: what stands between two parentheses. */
  function parseExpression(text) {
    const extensible = /^([-_a-zA-Z0-9.;]*)((?::[^:=]+)*):=(.*)$/s.exec(text);
    if (extensible) {
      const parts = extensible[2].split(':').filter(Boolean);
      const hasDn = parts[0]?.toLowerCase() === 'dn';
      return new ExtensibleFilter({ attribute: extensible[1], dnAttributes: hasDn, rule: parts[hasDn ? 1 : 0], value: unescape(extensible[3]) });
    }
    const [, attribute, rest] = /^([-_a-zA-Z0-9]+(?:;[-_a-zA-Z0-9]+)*)(.*)$/s.exec(text) ?? [];
    if (attribute === undefined) throw new Error('invalid attribute name');
    if (rest === '=*') return new PresenceFilter({ attribute });
    const [, sign, value] = /^(=|>=|<=|~=)(.*)$/s.exec(rest) ?? [];
    switch (sign) {
      case '>=': return new GreaterThanEqualsFilter({ attribute, value: unescape(value) });
      case '<=': return new LessThanEqualsFilter({ attribute, value: unescape(value) });
      case '~=': return new ApproximateFilter({ attribute, value: unescape(value) });
      case '=': break;
      default: throw new Error('invalid expression');
    }
    if (!value.includes('*')) return new EqualityFilter({ attribute, value: unescape(value) });
    const parts = value.split('*').map(unescape);
    return new SubstringFilter({ attribute, initial: parts[0], any: parts.slice(1, -1).filter((each) => each.length > 0), final: parts.at(-1) });
  }

  function parseFilter(text, start, depth) {
    if (depth > 32) throw new Error('the filter is nested too deeply');
    let at = start;
    if (text[at++] !== '(') throw new Error('missing opening parentheses');
    const sign = text[at];
    if (sign === '&' || sign === '|') {
      at++;
      const filters = [];
      while (!(sign === '&' && filters.length === 0 && text[at] === ')')) {
        const part = parseFilter(text, at, depth + 1);
        filters.push(part.filter);
        at = part.end + 1;
        if (at >= text.length || text[at] === ')') break;
      }
      return { end: at, filter: sign === '&' ? new AndFilter({ filters }) : new OrFilter({ filters }) };
    }
    if (sign === '!') {
      const part = parseFilter(text, at + 1, depth + 1);
      if (text[part.end + 1] !== ')') throw new Error('unbalanced parentheses');
      return { end: part.end + 1, filter: new NotFilter({ filter: part.filter }) };
    }
    const end = text.indexOf(')', at);
    if (end < 0) throw new Error('unbalanced parentheses');
    return { end, filter: parseExpression(text.slice(at, end)) };
  }

  function parseString(text) {
    if (typeof text !== 'string') throw new Error('input must be a string');
    if (text.length === 0) throw new Error('input string cannot be empty');
    const whole = text[0] === '(' ? text : `(${text})`;
    const { end, filter } = parseFilter(whole, 0, 0);
    if (end < text.length - 1) throw new Error('unbalanced parentheses');
    return filter;
  }

  module.exports = {
    parseString, parse: parseString, FilterString, AndFilter, ApproximateFilter, EqualityFilter, ExtensibleFilter, GreaterThanEqualsFilter,
    LessThanEqualsFilter, NotFilter, OrFilter, PresenceFilter, SubstringFilter,
  };
})
