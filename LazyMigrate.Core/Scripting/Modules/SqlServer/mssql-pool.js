// mssql's ConnectionPool and its connection strings: https://www.npmjs.com/package/mssql#connection-pools
(function (kit, module, require) {
  'use strict';
  const EventEmitter = require('events');
  const tds = require('tedious');
  const { errors: { ConnectionError, MSSQLError } } = require('internal/mssql/types');

  const isYes = (value) => ['true', 'yes', '1'].includes(String(value).toLowerCase());

  /** name=value pairs with ; between; a value may be in quotes, which doubled stand for themselves. */
  function readPairs(text) {
    const pairs = new Map();
    const pattern = /\s*([^=;]+?)\s*=\s*(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)'|\{((?:[^}]|\}\})*)\}|([^;]*))\s*(?:;|$)/gy;
    let rest = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const [, name, double, single, braced, bare] = match;
      pairs.set(name.toLowerCase(), double?.replaceAll('""', '"') ?? single?.replaceAll("''", "'") ?? braced?.replaceAll('}}', '}') ?? bare.trim());
      rest = pattern.lastIndex;
      if (rest >= text.length) break;
    }
    if (text.slice(rest).replace(/[;\s]/g, '') !== '' || pairs.size === 0) throw new MSSQLError('Invalid connection string.', 'EARGS');
    return pairs;
  }

  function readServer(value, config) {
    if (/^np:/i.test(value)) throw new Error('Connection via Named Pipes is not supported.');
    let server = value.replace(/^tcp:/i, '');
    let port = 1433;
    const comma = /^(.*),\s*(\d+)\s*$/.exec(server);
    if (comma) [, server, port] = [comma[0], comma[1].trim(), Number(comma[2])];
    const instance = /^(.*)\\(.*)$/.exec(server);
    if (instance) {
      server = instance[1].trim();
      config.options.instanceName = instance[2].trim();
    }
    config.server = ['.', '(.)', '(local)', '(localdb)'].includes(server.toLowerCase()) ? 'localhost' : server;
    config.port = port;
  }

  // The names of ADO.NET's connection strings, their short forms first.
  const readers = [
    [['data source', 'server', 'address', 'addr', 'network address'], readServer],
    [['user id', 'uid', 'user'], (value, config) => {
      const [, domain, user] = /^(?:(.*)\\)?(.*)$/.exec(value);
      if (domain) config.domain = domain;
      if (user) config.user = user;
    }],
    [['password', 'pwd'], (value, config) => { config.password = value; }],
    [['initial catalog', 'database'], (value, config) => { config.database = value; }],
    [['encrypt'], (value, config) => { config.options.encrypt = value.toLowerCase() === 'strict' ? 'strict' : isYes(value); }],
    [['trustservercertificate', 'trust server certificate'], (value, config) => { config.options.trustServerCertificate = isYes(value); }],
    [['connection timeout', 'connect timeout', 'timeout'], (value, config) => { config.connectionTimeout = Number(value) * 1000; }],
    [['request timeout'], (value, config) => { config.requestTimeout = Number.parseInt(value, 10); }],
    [['applicationintent', 'application intent'], (value, config) => { config.options.readOnlyIntent = value.toLowerCase() === 'readonly'; }],
    [['max pool size'], (value, config) => { config.pool.max = Number(value); }],
    [['min pool size'], (value, config) => { config.pool.min = Number(value); }],
    [['stream'], (value, config) => { config.stream = isYes(value); }],
    [['useutc'], (value, config) => { config.options.useUTC = isYes(value); }],
    [['parsejson'], (value, config) => { config.parseJSON = isYes(value); }],
  ];

  function readUri(text) {
    const match = /^[a-z]+:\/\/(?:(.*)@)?(\[[^\]]*\]|[^:/?@]*)(?::(\d+))?(?:\/([^/?]*))?(?:\/([^?]*))?(?:\?(.*))?$/i.exec(text);
    if (!match) throw new MSSQLError('Invalid connection string.', 'EARGS');
    const [, login = '', server, port, first, second, query = ''] = match;
    const colon = login.indexOf(':');
    const config = { options: {}, pool: {}, server: decodeURIComponent(server), port: port ? Number(port) : 1433 };
    if (login !== '') config.user = decodeURIComponent(colon < 0 ? login : login.slice(0, colon));
    if (colon >= 0) config.password = decodeURIComponent(login.slice(colon + 1));
    if (second) config.options.instanceName = decodeURIComponent(first);
    const database = second || first;
    if (database) config.database = decodeURIComponent(database);
    for (const [name, value] of new kit.URLSearchParams(query)) {
      const reader = readers.find(([names]) => names.includes(name.toLowerCase().replace(/^connectiontimeout$/, 'connection timeout').replace(/^requesttimeout$/, 'request timeout')));
      reader?.[1](value, config);
    }
    return config;
  }

  function readConnectionString(text) {
    if (/^[a-z]+:\/\//i.test(text)) return readUri(text);
    const pairs = readPairs(text);
    const config = { options: {}, pool: {} };
    for (const [names, read] of readers) {
      const name = names.find((each) => pairs.has(each));
      if (name !== undefined && pairs.get(name) !== '') read(pairs.get(name), config);
    }
    return config;
  }

  class ConnectionPool extends EventEmitter {
    #connecting = false;
    #connected = false;
    #free = [];
    #used = new Set();
    #waiting = [];
    #opening = 0;
    #connectStack = [];

    constructor(config, callback) {
      super();
      try {
        this.config = typeof config === 'string' ? ConnectionPool.parseConnectionString(config) : config;
        this.config.port ||= 1433;
        this.config.options ||= {};
        for (const name of ['stream', 'parseJSON', 'arrayRowMode']) this.config[name] ||= false;
        if (!('validateConnection' in this.config)) this.config.validateConnection = true;
        const instance = /^(.*)\\(.*)$/.exec(this.config.server);
        if (instance) [, this.config.server, this.config.options.instanceName] = instance;
        if (this.config.options.useColumnNames !== undefined && this.config.options.useColumnNames !== true) {
          throw new MSSQLError('Invalid options `useColumnNames`, use `arrayRowMode` instead');
        }
      } catch (error) {
        if (typeof callback !== 'function') throw error;
        setImmediate(callback, error);
        return;
      }
      if (typeof callback === 'function') this.connect(callback);
    }

    static parseConnectionString(text) { return readConnectionString(text); }

    get connected() { return this.#connected; }
    get connecting() { return this.#connecting; }
    get healthy() { return this.#connected; }
    get size() { return this.#free.length + this.#used.size + this.#opening; }
    get available() { return this.#free.length; }
    get pending() { return this.#waiting.length; }
    get borrowed() { return this.#used.size; }

    #settings() {
      const { config } = this;
      const credentials = Object.fromEntries(Object.entries({ userName: config.user, password: config.password, domain: config.domain }).filter(([, value]) => value !== undefined));
      const timeout = (...given) => given.find((value) => value !== undefined && value !== null) ?? 15_000;
      const options = {
        encrypt: typeof config.encrypt === 'boolean' ? config.encrypt : true,
        trustServerCertificate: typeof config.trustServerCertificate === 'boolean' ? config.trustServerCertificate : false,
        ...config.options,
      };
      options.database ||= config.database;
      options.port ||= config.port;
      options.connectTimeout = timeout(options.connectTimeout, config.connectionTimeout, config.timeout);
      options.requestTimeout = timeout(options.requestTimeout, config.requestTimeout, config.timeout);
      if (Number.isNaN(Number(options.requestTimeout))) options.requestTimeout = 15_000;
      if (options.requestTimeout === Infinity || options.requestTimeout < 0) options.requestTimeout = 0;
      options.appName ||= 'node-mssql';
      options.useColumnNames = false;
      if (options.instanceName && options.port === 1433) delete options.port;
      else delete options.instanceName;
      return {
        server: config.server,
        options,
        authentication: { type: config.domain === undefined ? config.authentication_type ?? 'default' : 'ntlm', options: credentials, ...config.authentication },
      };
    }

    #open() {
      return new Promise((resolve, reject) => {
        const connection = new tds.Connection(this.#settings());
        connection.connect((error) => (error ? reject(new ConnectionError(error)) : resolve(connection)));
        connection.on('error', (error) => { if (error.code !== 'ESOCKET') this.emit('error', error); });
        if (typeof this.config.beforeConnect === 'function') this.config.beforeConnect(connection);
      });
    }

    connect(callback) {
      if (typeof callback === 'function') {
        this.#connect(callback);
        return this;
      }
      return new Promise((resolve, reject) => { this.#connect((error) => (error ? reject(error) : resolve(this))); });
    }

    #connect(callback) {
      if (this.#connected) {
        setImmediate(callback, null, this);
        return;
      }
      this.#connectStack.push(callback);
      if (this.#connecting) return;
      this.#connecting = true;
      const end = (...args) => {
        this.#connecting = false;
        for (const each of this.#connectStack.splice(0)) setImmediate(each, ...args);
      };
      this.#open().then((connection) => {
        // The original closes this one again and opens others as needed; here it is the first of the pool.
        this.#free.push(connection);
        this.#connected = true;
        end(null, this);
      }, end);
    }

    /** Lends a connection. */
    acquire(requester, callback) {
      const acquired = this.#acquire();
      if (typeof callback !== 'function') return acquired;
      acquired.then((connection) => kit.guard(callback, null, connection, this.config), (error) => kit.guard(callback, error));
      return this;
    }

    async #acquire() {
      if (!this.#connected) throw new ConnectionError('Connection not yet open.', 'ENOTOPEN');
      for (;;) {
        const connection = this.#free.pop();
        if (!connection) break;
        if (connection.closed) continue;
        this.#used.add(connection);
        return connection;
      }
      const max = Math.max(1, Number(this.config.pool?.max ?? 10));
      if (this.#used.size + this.#opening >= max) return new Promise((resolve) => { this.#waiting.push(resolve); });
      this.#opening++;
      try {
        const connection = await this.#open();
        this.#used.add(connection);
        return connection;
      } finally {
        this.#opening--;
      }
    }

    release(connection) {
      if (!this.#used.delete(connection)) return this;
      const next = this.#waiting.shift();
      if (!this.#connected) connection.close();
      else if (next) {
        if (connection.closed) next(this.#acquire());
        else {
          this.#used.add(connection);
          next(connection);
        }
      } else if (!connection.closed) this.#free.push(connection);
      return this;
    }

    close(callback) {
      const close = async () => {
        if (this.#connecting) throw new ConnectionError('Cannot close a pool while it is connecting');
        this.#connected = false;
        for (const connection of this.#free.splice(0)) connection.close();
      };
      if (typeof callback !== 'function') return close().then(() => this);
      close().then(() => setImmediate(callback, null), (error) => setImmediate(callback, error));
      return this;
    }
  }

  module.exports = { ConnectionPool };
})
