// node-redis: https://github.com/redis/node-redis, from version 4 on, and with a callback as in version 3. The host part is RedisSession.cs.
(function (kit, module, require) {
  'use strict';
  const EventEmitter = require('events');

  class ErrorReply extends Error {}
  class SimpleError extends ErrorReply {}
  class ClientClosedError extends Error { constructor() { super('The client is closed'); } }
  class ConnectionTimeoutError extends Error { constructor() { super('Connection timeout'); } }

  const toArgument = (value) => {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'bigint') return String(value);
    if (ArrayBuffer.isView(value)) return { b: kit.toBase64(kit.toBytes(value)) };
    throw new TypeError(`"arguments" must be of type "string | Buffer", got ${value === null ? 'null' : typeof value} instead.`);
  };
  const flat = (values) => values.flat(Infinity);

  function fromHost(reply) {
    if (Array.isArray(reply)) return reply.map(fromHost);
    if (typeof reply !== 'object' || reply === null) return reply;
    return 'b' in reply ? kit.fromBase64(reply.b) : new SimpleError(reply.e);
  }

  const pairs = (list, read) => Array.from({ length: list.length / 2 }, (_, i) => read(list[2 * i], list[2 * i + 1]));
  const toObject = (list) => {
    const object = Object.create(null);
    pairs(list, (name, value) => { object[name] = value; });
    return object;
  };
  const number = (text) => (text === null ? null : text === 'inf' ? Infinity : text === '-inf' ? -Infinity : Number(text));
  const scored = (list) => pairs(list, (value, score) => ({ value, score: number(score) }));
  const entries = (value) => (value instanceof Map ? [...value] : Array.isArray(value) ? value : Object.entries(value));

  function setOptions(options = {}) {
    const args = [];
    const { expiration } = options;
    if (typeof expiration === 'string') args.push(expiration);
    else if (expiration) args.push(expiration.type, ...(expiration.type === 'KEEPTTL' ? [] : [expiration.value]));
    for (const name of ['EX', 'PX', 'EXAT', 'PXAT']) if (options[name] !== undefined) args.push(name, options[name]);
    if (options.KEEPTTL) args.push('KEEPTTL');
    if (options.condition) args.push(options.condition);
    for (const name of ['NX', 'XX', 'GET']) if (options[name]) args.push(name);
    return args;
  }

  function rangeOptions(options = {}) {
    return [
      ...(options.BY ? [`BY${options.BY}`] : []), ...(options.REV ? ['REV'] : []),
      ...(options.LIMIT ? ['LIMIT', options.LIMIT.offset, options.LIMIT.count] : []),
    ];
  }

  const scanOptions = (options = {}) => ['MATCH', 'COUNT', 'TYPE'].flatMap((name) => (options[name] === undefined ? [] : [name, options[name]]));

  // Commands whose arguments or replies are more than they look: [arguments, reply].
  const special = {
    set: [(key, value, options) => ['SET', key, value, ...setOptions(options)]],
    hSet: [(key, field, value) => ['HSET', key, ...(value === undefined ? flat(entries(field)) : [field, value])]],
    mSet: [(given) => ['MSET', ...flat(entries(given))]],
    mSetNX: [(given) => ['MSETNX', ...flat(entries(given))]],
    hGetAll: [(key) => ['HGETALL', key], toObject],
    hmGet: [(...args) => ['HMGET', ...flat(args)]],
    zAdd: [(key, members, options = {}) => ['ZADD', key, ...['NX', 'XX', 'GT', 'LT', 'CH'].filter((name) => options[name]), ...flat([members].flat().map(({ score, value }) => [score, value]))]],
    zRange: [(key, from, to, options) => ['ZRANGE', key, from, to, ...rangeOptions(options)]],
    zRangeWithScores: [(key, from, to, options) => ['ZRANGE', key, from, to, ...rangeOptions(options), 'WITHSCORES'], scored],
    zRangeByScore: [(key, from, to, options) => ['ZRANGEBYSCORE', key, from, to, ...rangeOptions(options)]],
    zScore: [(key, member) => ['ZSCORE', key, member], number],
    zIncrBy: [(key, by, member) => ['ZINCRBY', key, by, member], number],
    scan: [(cursor, options) => ['SCAN', cursor, ...scanOptions(options)], ([cursor, keys]) => ({ cursor, keys })],
    hScan: [(key, cursor, options) => ['HSCAN', key, cursor, ...scanOptions(options)], ([cursor, list]) => ({ cursor, entries: pairs(list, (field, value) => ({ field, value })) })],
    sScan: [(key, cursor, options) => ['SSCAN', key, cursor, ...scanOptions(options)], ([cursor, members]) => ({ cursor, members })],
    eval: [(script, { keys = [], arguments: args = [] } = {}) => ['EVAL', script, keys.length, ...keys, ...args]],
    evalSha: [(sha, { keys = [], arguments: args = [] } = {}) => ['EVALSHA', sha, keys.length, ...keys, ...args]],
    hmSet: [(key, field, value) => ['HMSET', key, ...(value === undefined ? flat(entries(field)) : [field, value])]],
    dbSize: [() => ['DBSIZE']],
    flushDb: [() => ['FLUSHDB']],
  };
  const plain = [
    'append', 'copy', 'decr', 'decrBy', 'del', 'echo', 'exists', 'expire', 'expireAt', 'expireTime', 'get', 'getDel', 'getRange', 'getSet', 'hDel',
    'hExists', 'hGet', 'hIncrBy', 'hIncrByFloat', 'hKeys', 'hLen', 'hSetNX', 'hStrLen', 'hVals', 'incr', 'incrBy', 'incrByFloat', 'info', 'keys',
    'lIndex', 'lLen', 'lPop', 'lPush', 'lPushX', 'lRange', 'lRem', 'lSet', 'lTrim', 'mGet', 'pExpire', 'pExpireAt', 'pSetEx', 'pTTL', 'persist', 'ping',
    'publish', 'randomKey', 'rename', 'renameNX', 'rPop', 'rPush', 'rPushX', 'sAdd', 'sCard', 'sDiff', 'sInter', 'sIsMember', 'sMembers', 'smIsMember',
    'sMove', 'sPop', 'sRandMember', 'sRem', 'sUnion', 'select', 'setEx', 'setNX', 'setRange', 'strLen', 'time', 'touch', 'ttl', 'type', 'unlink',
    'zCard', 'zCount', 'zRank', 'zRem', 'zRemRangeByRank', 'zRemRangeByScore', 'zRevRank',
  ];
  const commands = { ...Object.fromEntries(plain.map((name) => [name, [(...args) => [name.toUpperCase(), ...flat(args)]]])), ...special };
  const same = (reply) => reply;

  function parseUrl(text) {
    const url = new URL(text);
    if (url.protocol !== 'redis:' && url.protocol !== 'rediss:') throw new TypeError('Invalid protocol');
    return {
      host: url.hostname || 'localhost',
      port: Number(url.port || 6379),
      tls: url.protocol === 'rediss:' ? {} : undefined,
      username: decodeURIComponent(url.username) || undefined,
      password: decodeURIComponent(url.password) || undefined,
      database: url.pathname.length > 1 ? Number(url.pathname.slice(1)) : undefined,
    };
  }

  /** createClient(options) of version 4, and createClient(port, host, options) or (url, options) of version 3. */
  function readOptions(args) {
    const [first, second, third] = args;
    const named = typeof first === 'object' && first !== null ? first : typeof second === 'object' && second !== null ? second : third ?? {};
    const places = typeof first === 'string' && first.includes(':') ? parseUrl(first) : typeof first === 'object' ? {} : { port: first, host: typeof second === 'string' ? second : undefined };
    const url = named.url ? parseUrl(named.url) : {};
    const { socket = {} } = named;
    const defined = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
    const merged = {
      host: 'localhost',
      port: 6379,
      ...defined(url),
      ...defined(places),
      ...defined({ host: socket.host ?? named.host, port: socket.port ?? named.port, username: named.username, password: named.password ?? named.auth_pass, database: named.database ?? named.db }),
    };
    const tls = named.tls ?? (socket.tls ? { ...socket } : undefined) ?? url.tls ?? places.tls;
    return { ...merged, port: Number(merged.port), database: Number(merged.database ?? 0), tls: kit.tls(tls) };
  }

  class Multi {
    #client;
    #queued = [];
    constructor(client) { this.#client = client; }

    addCommand(args, read = same) {
      this.#queued.push({ args, read });
      return this;
    }

    async exec() {
      const queued = this.#queued.splice(0);
      await this.#client._ask(['MULTI']);
      for (const { args } of queued) await this.#client._ask(args);
      const replies = await this.#client._ask(['EXEC']);
      const read = replies.map((reply, i) => (reply instanceof Error ? reply : queued[i].read(reply)));
      const failed = read.filter((reply) => reply instanceof Error);
      if (failed.length > 0) throw Object.assign(new ErrorReply(`${failed.length} commands failed, see .replies and .errorIndexes for more information`), { replies: read, errorIndexes: read.flatMap((reply, i) => (reply instanceof Error ? [i] : [])) });
      return read;
    }

    discard() { this.#queued.length = 0; }
  }

  class RedisClient extends EventEmitter {
    #settings;
    #opening;
    #id;
    #buffers;

    constructor(args) {
      super();
      this.#settings = readOptions(args);
      this.options = typeof args[0] === 'object' && args[0] !== null ? args[0] : {};
      this.isOpen = false;
      this.isReady = false;
    }

    get connected() { return this.isReady; }

    connect() {
      if (this.isOpen) return Promise.reject(new Error('Socket already opened'));
      this.isOpen = true;
      this.#opening = this.#open();
      return this.#opening;
    }

    async #open() {
      // The listeners that are added right after createClient must be there before anything happens.
      await undefined;
      try {
        this.#id = await kit.call('connect', this.#settings);
      } catch (error) {
        this.isOpen = false;
        const told = error.reply ? new SimpleError(error.message) : error.message === 'Connection timeout' ? new ConnectionTimeoutError() : error;
        if (this.listenerCount('error') > 0) kit.guard(() => this.emit('error', told));
        throw told;
      }
      this.isReady = true;
      kit.guard(() => this.emit('connect'));
      kit.guard(() => this.emit('ready'));
      return this;
    }

    /** Asks the server; an error in its place of the reply is thrown. */
    async _ask(args, buffers) {
      if (!this.isOpen) throw new ClientClosedError();
      await this.#opening;
      const reply = fromHost(await kit.call('command', { id: this.#id, args: args.map(toArgument), buffers: Boolean(buffers ?? this.#buffers) }));
      if (reply instanceof Error) throw reply;
      return reply;
    }

    sendCommand(args, options) { return this._ask(args, options?.returnBuffers); }

    /** With a callback as in version 3: connected by itself, replies as they come. */
    _call(name, args, [prepare, read = same]) {
      const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined;
      const options = args[0]?.[optionsMark] ? args.shift() : undefined;
      const ask = async () => read(await this._ask(prepare(...args), options?.returnBuffers));
      if (!callback) return ask();
      if (!this.isOpen && !this.#opening) this.connect().catch(() => {});
      const words = [name.toUpperCase(), ...flat(args.map((value) => (typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value) ? Object.entries(value) : value)))];
      this._ask(words).then((reply) => {
        const told = name.toLowerCase() === 'hgetall' ? (reply.length === 0 ? null : { ...toObject(reply) }) : reply;
        kit.guard(callback, null, told);
      }, (error) => {
        if (error instanceof SimpleError) Object.assign(error, { name: 'ReplyError', code: error.message.split(' ')[0], command: name.toUpperCase() });
        kit.guard(callback, error);
      });
      return true;
    }

    withCommandOptions() { return this; }
    multi() { return new Multi(this); }
    duplicate(options) { return createClient({ ...this.options, ...options }); }

    async #close() {
      if (!this.isOpen) throw new ClientClosedError();
      const id = this.#id;
      this.isOpen = false;
      this.isReady = false;
      await kit.call('close', { id });
      kit.guard(() => this.emit('end'));
      return 'OK';
    }

    quit(callback) { return kit.answer(this.#close(), callback); }
    disconnect() { return this.#close().then(() => undefined); }
    close() { return this.#close().then(() => undefined); }
    destroy() { this.#close().catch(() => {}); }
    end() { if (this.isOpen) this.destroy(); }
    ref() {}
    unref() {}

    async *scanIterator(options) {
      let cursor = '0';
      do {
        const reply = await this.scan(cursor, options);
        ({ cursor } = reply);
        yield reply.keys;
      } while (cursor !== '0');
    }

    subscribe() { throw new Error('subscribe is not available: a script asks and ends.'); }
    pSubscribe() { return this.subscribe(); }
  }

  const optionsMark = Symbol('options');
  const define = (type, name, value) => Object.defineProperty(type.prototype, name, { value, writable: true, configurable: true });
  for (const [name, command] of Object.entries(commands)) {
    for (const alias of new Set([name, name.toLowerCase(), name.toUpperCase()])) {
      if (!(alias in RedisClient.prototype)) define(RedisClient, alias, function run(...args) { return this._call(name, args, command); });
      if (!(alias in Multi.prototype)) define(Multi, alias, function queue(...args) { return this.addCommand(command[0](...args), command[1]); });
    }
  }

  function createClient(...args) { return new RedisClient(args); }

  const redis = {
    createClient,
    RedisClient,
    commandOptions: (options) => ({ [optionsMark]: true, ...options }),
    defineScript: (script) => script,
    ErrorReply,
    SimpleError,
    ClientClosedError,
    ConnectionTimeoutError,
    ReplyError: SimpleError,
  };
  redis.default = redis;
  module.exports = redis;
})
