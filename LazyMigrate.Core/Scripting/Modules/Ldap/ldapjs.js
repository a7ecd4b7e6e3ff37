// ldapjs' client: http://ldapjs.org/client.html. The host part is LdapSession.cs. It reads; directories are not changed by scripts.
(function (kit, module, require) {
  'use strict';
  const EventEmitter = require('events');
  const errors = require('internal/ldapjs/errors');
  const filters = require('@ldapjs/filter');
  const { DN, RDN } = require('@ldapjs/dn');

  class Attribute {
    constructor({ type = '', values = [] } = {}) {
      this.type = type;
      Object.defineProperty(this, 'buffers', { value: values.map((each) => (ArrayBuffer.isView(each) ? Buffer.from(each) : Buffer.from(String(each), 'utf8'))) });
    }
    get values() { return this.buffers.map((each) => each.toString(/;binary$/.test(this.type) ? 'base64' : 'utf8')); }
    get vals() { return this.values; }
    get pojo() { return { type: this.type, values: this.values }; }
    toJSON() { return this.pojo; }
    addValue(value) { this.buffers.push(Buffer.from(value)); }
  }

  /** A name as version 3 writes it: letters beyond ASCII as \c3\b6. */
  const readable = (name) => {
    try {
      return DN.fromString(name).toString();
    } catch {
      return name;
    }
  };

  class SearchEntry {
    constructor({ dn, attributes }) {
      Object.defineProperties(this, {
        name: { value: dn },
        list: { value: attributes.map(([type, ...values]) => new Attribute({ type, values: values.map((each) => kit.fromBase64(each)) })) },
      });
    }
    get type() { return 'SearchResultEntry'; }
    get objectName() { return readable(this.name); }
    get dn() { return this.name; }
    get attributes() { return this.list; }
    get pojo() { return { type: this.type, objectName: readable(this.name), attributes: this.list.map((each) => each.pojo) }; }
    get json() { return this.pojo; }

    /** Of version 2: one object with a text for one value, and a list for several. */
    #flat(valuesOf) {
      const flat = { dn: this.name, controls: [] };
      for (const attribute of this.list) {
        const values = valuesOf(attribute);
        flat[attribute.type] = values.length === 1 ? values[0] : values;
      }
      return flat;
    }
    get object() { return this.#flat((attribute) => attribute.values); }
    get raw() { return this.#flat((attribute) => attribute.buffers); }
    toObject() { return this.object; }
    toString() { return JSON.stringify(this.pojo); }
  }

  class SearchReference {
    constructor(uris) { this.uris = uris; }
    get type() { return 'SearchResultReference'; }
    get object() { return { dn: '', uris: this.uris }; }
    get pojo() { return { type: this.type, uri: this.uris }; }
  }

  class LDAPResult {
    constructor({ status, matchedDN, errorMessage, referrals }) { Object.assign(this, { status, matchedDN, diagnosticMessage: errorMessage, referrals }); }
    get errorMessage() { return this.diagnosticMessage; }
  }

  class PagedResultsControl {
    constructor({ value } = {}) { Object.assign(this, { type: '1.2.840.113556.1.4.319', value }); }
  }

  /** Keeps what happens until somebody listens. */
  class CorkedEmitter extends EventEmitter {
    #waiting = [];
    #isOpen = false;
    #isOpening = false;
    on(event, listener) {
      super.on(event, listener);
      if (!this.#isOpening) {
        this.#isOpening = true;
        setTimeout(() => {
          this.#isOpen = true;
          for (const args of this.#waiting.splice(0)) super.emit(...args);
        }, 0);
      }
      return this;
    }
    once(event, listener) {
      super.once(event, listener);
      return this.on('newListener', () => {});
    }
    emit(...args) {
      if (this.#isOpen) return super.emit(...args);
      this.#waiting.push(args);
      return true;
    }
  }

  function parseURL(text) {
    const match = /^(ldaps?):\/\/(\[[^\]]+\]|[^:/?]*)(?::(\d+))?(?:\/(.*))?$/is.exec(text);
    if (!match) throw new TypeError(`${text} is an invalid LDAP url (${/^ldaps?:/i.test(text) ? 'host' : 'protocol'})`);
    const secure = match[1].toLowerCase() === 'ldaps';
    return {
      protocol: `${match[1].toLowerCase()}:`, hostname: match[2].replace(/^\[|\]$/g, '') || 'localhost', port: Number(match[3] ?? (secure ? 636 : 389)),
      pathname: match[4] ? `/${match[4]}` : '', href: text, secure,
    };
  }

  const toName = (name) => {
    if (Object.prototype.toString.call(name) === '[object LdapDn]') return name.toString();
    if (typeof name === 'string') return DN.fromString(name) && name;
    throw new Error('invalid DN');
  };
  const onlyReads = (operation) => { throw new Error(`${operation} is not available: directories are only read.`); };

  class Client extends EventEmitter {
    #urls;
    #options;
    #opened;
    #id;
    #state = 'connecting';
    #last = Promise.resolve();
    #binding = 0;

    constructor(options) {
      super();
      if (options.socketPath) throw new TypeError('options.socketPath is not available: give a url.');
      this.#urls = [].concat(options.url).map(parseURL);
      this.#options = options;
      Object.defineProperty(this, 'urls', { value: this.#urls });
      this.timeout = Number.parseInt(options.timeout || 0, 10);
      this.connectTimeout = Number.parseInt(options.connectTimeout || 0, 10);
      this.connect();
    }

    get connected() { return this.#state === 'open'; }
    get connecting() { return this.#state === 'connecting'; }
    get destroyed() { return this.#state === 'destroyed'; }

    connect() { this.#opened ??= this.#open(); }

    async #open() {
      // Listeners are added after this.
      await undefined;
      let failure;
      for (const { hostname, port, secure } of this.#urls) {
        if (this.#state === 'destroyed') throw new Error('client destroyed');
        try {
          const { id } = await kit.call('connect', { host: hostname, port, secure, tls: secure ? kit.tls(this.#options.tlsOptions ?? {}) : undefined, connectTimeout: this.connectTimeout || undefined });
          this.#id = id;
          Object.assign(this, { host: hostname, port, secure });
          await this.#setUp();
          this.#state = 'open';
          this.emit('connect');
          return;
        } catch (error) {
          failure = error.kind === 'connection' ? new errors.ConnectionError(error.message) : error;
          if (this.#id === undefined) this.emit('connectError', failure);
        }
      }
      this.#state = 'failed';
      this.#report(failure);
      throw failure;
    }

    async #setUp() {
      const { bindDN, bindCredentials } = this.#options;
      if (bindDN === undefined || bindCredentials === undefined) return;
      const result = await kit.call('bind', { id: this.#id, dn: toName(bindDN), password: String(bindCredentials) });
      if (result.status !== 0) throw errors.getError(result);
    }

    /** As the original: an event of the error's own, else `error`; nobody listening ends the run, unless a request is told. */
    #report(error) {
      const event = error instanceof errors.ConnectionError ? 'connectTimeout' : error.code === 'ECONNREFUSED' ? 'connectRefused' : undefined;
      this.#opened.catch(() => {});
      kit.guard(() => {
        if (event && this.listenerCount(event) > 0) this.emit(event, error);
        else if (this.listenerCount('error') > 0 || this.#binding === 0) {
          if (event) error.message = `${event}: ${error.message}`;
          this.emit('error', error);
        }
      });
    }

    /** Sends one request after the other; what its callback throws ends the run. */
    #send(operation, argument, callback) {
      this.#binding++;
      const run = async () => {
        if (this.#state === 'destroyed') throw new Error('client destroyed');
        if (this.#state === 'closed') throw new errors.ConnectionError('The connection is closed');
        await this.#opened;
        const asked = kit.call(operation, { id: this.#id, ...argument }).catch((error) => {
          throw error.kind === 'connection' ? new errors.ConnectionError(error.message) : error;
        });
        return this.timeout ? this.#limit(asked) : asked;
      };
      const reply = this.#last.then(run);
      this.#last = reply.catch(() => {});
      reply.then((value) => kit.guard(callback, null, value), (error) => kit.guard(callback, error));
    }

    #limit(asked) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new errors.TimeoutError('request timeout (client interrupt)')), this.timeout);
        asked.then(resolve, reject).finally(() => clearTimeout(timer));
      });
    }

    #answer(callback, expected) {
      return (error, result) => {
        const failure = error ?? (expected.includes(result.status) ? undefined : errors.getError(result));
        if (failure) this.emit('resultError', failure);
        if (failure) callback(failure);
        else callback(null, new LDAPResult(result));
      };
    }

    bind(name, credentials, controls, callback) {
      if (typeof name !== 'string' && Object.prototype.toString.call(name) !== '[object LdapDn]') throw new TypeError('name (string) required');
      if (credentials !== undefined && credentials !== null && typeof credentials !== 'string') throw new TypeError('credentials (string) is required');
      const call = typeof controls === 'function' ? controls : callback;
      if (typeof call !== 'function') throw new TypeError('callback (func) is required');
      this.#send('bind', { dn: String(name), password: credentials ?? '' }, this.#answer(call, [0]));
    }

    compare(name, attribute, value, controls, callback) {
      const call = typeof controls === 'function' ? controls : callback;
      if (typeof attribute !== 'string') throw new TypeError('attr (string) is required');
      if (typeof value !== 'string') throw new TypeError('value (string) is required');
      this.#send('compare', { dn: toName(name), attribute, value }, this.#answer((error, result) => (error ? call(error) : call(null, result.status === 6, result)), [5, 6]));
    }

    search(base, options, controls, callback) {
      let given = options;
      let call = typeof controls === 'function' ? controls : callback;
      if (typeof options === 'function') [given, call] = [{}, options];
      else if (typeof options === 'string') given = { filter: options };
      else if (typeof options !== 'object' || options === null) throw new TypeError('options (object) required');
      if (typeof call !== 'function') throw new TypeError('callback (func) is required');
      const filter = typeof given.filter === 'string' ? filters.parseString(given.filter) : given.filter ?? new filters.PresenceFilter({ attribute: 'objectclass' });
      if (Object.prototype.toString.call(filter) !== '[object FilterString]') throw new TypeError('options.filter (Filter) required');
      const attributes = [].concat(given.attributes ?? []);
      const pageSize = given.paged ? given.paged.pageSize || (given.sizeLimit > 1 ? given.sizeLimit - 1 : 100) : controls instanceof PagedResultsControl ? controls.value?.size : undefined;
      const question = {
        base: toName(base), scope: given.scope || 'base', filter: filter.toHost(), attributes, sizeLimit: given.sizeLimit, timeLimit: given.timeLimit || 10,
        derefAliases: given.derefAliases, typesOnly: given.typesOnly === true, pageSize,
      };
      const emitter = new CorkedEmitter();
      let told = false;
      const ask = (cookie) => this.#send('search', { ...question, cookie }, (error, reply) => {
        // A request that never left is told by the callback, everything later by the emitter.
        if (error && !told && this.#state !== 'open') return call(error);
        if (!told) {
          told = true;
          call(null, emitter);
        }
        if (error) return emitter.emit('error', error);
        for (const entry of reply.entries) emitter.emit('searchEntry', new SearchEntry(entry));
        for (const uris of reply.references) emitter.emit('searchReference', new SearchReference(uris));
        if (reply.result.status !== 0) return emitter.emit('error', errors.getError(reply.result));
        if (pageSize && reply.result.cookie) return ask(reply.result.cookie);
        return emitter.emit('end', new LDAPResult(reply.result));
      });
      ask();
    }

    starttls(options, controls, callback) {
      const call = typeof controls === 'function' ? controls : callback;
      this.#send('starttls', { tls: kit.tls(options ?? {}) }, this.#answer((error) => call(error ?? null), [0]));
    }

    unbind(callback = () => {}) {
      if (typeof callback !== 'function') throw new TypeError('callback must be a function');
      const end = async () => {
        if (this.#state === 'open' || this.#state === 'connecting') {
          await this.#opened.catch(() => {});
          if (this.#id !== undefined) await kit.call('close', { id: this.#id });
          this.#state = 'closed';
          this.emit('end');
          this.emit('close', false);
        }
      };
      this.#last = this.#last.then(end).catch(() => {});
      this.#last.then(() => kit.guard(callback));
    }

    destroy(error) {
      const wasOpen = this.#state === 'open';
      this.#state = 'destroyed';
      if (wasOpen) kit.call('close', { id: this.#id }).catch(() => {});
      this.emit('destroy', error);
    }

    abandon(id, controls, callback) { kit.guard(typeof controls === 'function' ? controls : callback ?? (() => {}), null); }
    add() { onlyReads('add'); }
    del() { onlyReads('del'); }
    modify() { onlyReads('modify'); }
    modifyDN() { onlyReads('modifyDN'); }
    exop() { onlyReads('exop'); }
  }

  function createClient(options) {
    if (Object.prototype.toString.apply(options) !== '[object Object]') throw TypeError('options (object) required');
    if (options.url && typeof options.url !== 'string' && !Array.isArray(options.url)) throw TypeError('options.url (string|array) required');
    if (!options.url && !options.socketPath) throw TypeError('options.url ^ options.socketPath (String) required');
    return new Client(options);
  }

  const { parseString, parse, ...filterTypes } = filters;
  const { getError, getMessage, ...errorTypes } = errors;
  module.exports = {
    Client, createClient, Attribute, DN, RDN, dn: { DN, RDN }, parseDN: DN.fromString, filters, parseFilter: parseString, url: { parse: parseURL }, parseURL,
    SearchEntry, SearchReference, LDAPResult, PagedResultsControl, ...filterTypes, ...errorTypes, getError, getMessage,
    createServer() { throw new Error('createServer is not available: scripts are clients.'); },
  };
})
