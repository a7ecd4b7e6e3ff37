// What mysql and mysql2 do alike around a query: read options, connect, stream rows, wait for a pool.
(function (kit, require, parts) {
  'use strict';
  const { types, typeNames } = parts;
  const EventEmitter = require('events');

  /** Options in a URI's query, JSON where they can be read as such. */
  function queryOptions(url) {
    return Array.from(url.searchParams, ([name, value]) => {
      try {
        return [name, JSON.parse(value)];
      } catch {
        return [name, value];
      }
    });
  }

  /** The options that both read alike; each package's ConnectionConfig adds its own. */
  class CommonConfig {
    constructor(options) {
      this.host = options.host || 'localhost';
      this.socketPath = options.socketPath;
      this.user = options.user || undefined;
      this.supportBigNumbers = options.supportBigNumbers || false;
      this.bigNumberStrings = options.bigNumberStrings || false;
      this.dateStrings = options.dateStrings || false;
      this.stringifyObjects = options.stringifyObjects || false;
      this.queryFormat = options.queryFormat;
      this.multipleStatements = options.multipleStatements || false;
      this.typeCast = options.typeCast ?? true;
      if (typeof options.ssl === 'string') throw new TypeError(`Unknown SSL profile '${options.ssl}'`);
      this.ssl = options.ssl ? { ...options.ssl, rejectUnauthorized: options.ssl.rejectUnauthorized !== false } : false;
    }
  }

  /** For a pool's connection, which may change its user. */
  const copyOf = (config) => Object.assign(Object.create(Object.getPrototypeOf(config)), config);

  /** Settings of a connection as the host part reads them. */
  function toSettings(config) {
    if (config.socketPath) throw new Error('socketPath is not available: connect to host and port.');
    return {
      host: config.host,
      port: Number(config.port),
      user: config.user,
      password: config.password,
      database: config.database,
      connectTimeout: Number(config.connectTimeout) || undefined,
      verifyIdentity: Boolean(config.ssl?.verifyIdentity),
      tls: kit.tls(config.ssl),
    };
  }

  const connect = (config) => kit.call('connect', toSettings(config));

  /** Another user is another connection of the host part; answers its id. */
  async function changeUser(id, config, given) {
    const { user, password, database } = { ...config, ...given };
    await kit.call('end', { id });
    Object.assign(config, { user, password, database });
    return (await connect(config)).id;
  }

  /** Rows as 'data' events; nothing is held back, because a run's rows are few. */
  function streamOf(query) {
    const stream = new EventEmitter();
    for (const event of ['error', 'fields', 'result', 'end']) query.on(event, (...args) => stream.emit(event, ...args));
    query.on('result', (row) => stream.emit('data', row));
    query.on('end', () => stream.emit('close'));
    return stream;
  }

  const later = (callback, ...args) => { Promise.resolve().then(() => kit.guard(callback, ...args)); };
  const orThrow = (callback) => (typeof callback === 'function' ? callback : (error) => { if (error) throw error; });

  function warnOfEnd() {
    console.warn('Calling conn.end() to release a pooled connection is deprecated. In next version calling conn.end() will be restored to default conn.end() behavior. Use conn.release() instead.');
  }

  /** What both packages export alike. */
  function commonExports(sqlText) {
    return {
      createPoolCluster() { throw new Error('createPoolCluster is not available: a script asks one database. Use createPool.'); },
      ...sqlText,
      Types: { ...types, ...typeNames },
    };
  }

  return { queryOptions, CommonConfig, copyOf, connect, changeUser, streamOf, later, orThrow, warnOfEnd, commonExports };
})
