// tedious: a connection's settings, and what is asked of the host with them.
(function (kit, require, parts) {
  'use strict';
  const { ConnectionError } = parts;

  const ISOLATION_LEVEL = { NO_CHANGE: 0, READ_UNCOMMITTED: 1, READ_COMMITTED: 2, REPEATABLE_READ: 3, SERIALIZABLE: 4, SNAPSHOT: 5 };

  function assertIsolationLevel(level, name) {
    const kind = name.includes('.') ? 'property' : 'argument';
    if (typeof level !== 'number') throw new TypeError(`The "${name}" ${kind} must be of type number. Received type ${typeof level} (${level})`);
    if (!Number.isInteger(level)) throw new RangeError(`The value of "${name}" is out of range. It must be an integer. Received: ${level}`);
    if (!(level >= 0 && level <= 5)) throw new RangeError(`The value of "${name}" is out of range. It must be >= 0 && <= 5. Received: ${level}`);
  }

  const mustBe = (value, type, name) => {
    if (value !== undefined && typeof value !== type) throw new TypeError(`The "config.${name}" property must be of type ${type}.`);
    return value;
  };

  /**
   * Both generations of settings. Before tedious 4 user and password were beside the server, TLS was off unless asked for, and
   * rows could be read by a column's name: what only such a script expects, only such settings switch on.
   */
  function readConfig(config) {
    if (typeof config !== 'object' || config === null) throw new TypeError('The "config" argument is required and must be of type Object.');
    if (typeof config.server !== 'string') throw new TypeError('The "config.server" property is required and must be of type string.');
    const isOld = config.authentication === undefined && (config.userName !== undefined || config.password !== undefined);
    const authentication = { type: 'default', options: { userName: isOld ? config.userName : undefined, password: isOld ? config.password : undefined } };
    if (config.authentication !== undefined) {
      const given = config.authentication;
      if (typeof given !== 'object' || given === null) throw new TypeError('The "config.authentication" property must be of type Object.');
      if (typeof given.type !== 'string') throw new TypeError('The "config.authentication.type" property must be of type string.');
      if (given.options !== undefined && (typeof given.options !== 'object' || given.options === null)) throw new TypeError('The "config.authentication.options" property must be of type object.');
      authentication.type = given.type;
      authentication.options.userName = mustBe(given.options?.userName, 'string', 'authentication.options.userName');
      authentication.options.password = mustBe(given.options?.password, 'string', 'authentication.options.password');
    }
    const given = config.options ?? {};
    if (given.port && given.instanceName) throw new Error(`Port and instanceName are mutually exclusive, but ${given.port} and ${given.instanceName} provided`);
    for (const name of ['database', 'appName', 'instanceName', 'serverName']) mustBe(given[name], 'string', `options.${name}`);
    for (const name of ['connectTimeout', 'requestTimeout']) mustBe(given[name], 'number', `options.${name}`);
    for (const name of ['rowCollectionOnDone', 'rowCollectionOnRequestCompletion', 'trustServerCertificate', 'useColumnNames', 'useUTC', 'camelCaseColumns', 'readOnlyIntent']) mustBe(given[name], 'boolean', `options.${name}`);
    if (given.encrypt !== undefined && typeof given.encrypt !== 'boolean' && given.encrypt !== 'strict') {
      throw new TypeError('The "encrypt" property must be set to "strict", or of type boolean.');
    }
    if (given.port !== undefined) {
      mustBe(given.port, 'number', 'options.port');
      if (given.port <= 0 || given.port >= 65536) throw new RangeError('The "config.options.port" property must be > 0 and < 65536');
    }
    if (given.columnNameReplacer !== undefined && typeof given.columnNameReplacer !== 'function') throw new TypeError('The "config.options.cancelTimeout" property must be of type function.');
    for (const name of ['isolationLevel', 'connectionIsolationLevel']) if (given[name] !== undefined) assertIsolationLevel(given[name], `config.options.${name}`);
    return {
      isOld,
      server: config.server,
      authentication,
      options: {
        connectTimeout: 15_000,
        requestTimeout: 15_000,
        connectionIsolationLevel: ISOLATION_LEVEL.READ_COMMITTED,
        isolationLevel: ISOLATION_LEVEL.READ_COMMITTED,
        encrypt: !isOld,
        trustServerCertificate: isOld,
        rowCollectionOnDone: false,
        rowCollectionOnRequestCompletion: isOld,
        useColumnNames: false,
        useUTC: true,
        lowerCaseGuids: false,
        tdsVersion: '7_4',
        ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
        port: given.port ?? (given.instanceName ? undefined : 1433),
      },
    };
  }

  /** What is asked of the host to connect. */
  function readTarget({ server, authentication, options }) {
    if (authentication.type !== 'default') {
      throw new ConnectionError(`The authentication type "${authentication.type}" is not available: only logins of SQL Server itself ("default", with userName and password) are.`, 'ELOGIN');
    }
    if (options.cryptoCredentialsDetails?.ca && !options.trustServerCertificate) {
      throw new ConnectionError('`options.cryptoCredentialsDetails.ca` is not available: have the authority trusted by the system LazyMigrate runs on, or set `options.trustServerCertificate`.', 'ESOCKET');
    }
    return {
      server,
      port: options.port,
      instanceName: options.port ? undefined : options.instanceName,
      database: options.database || undefined,
      userName: authentication.options.userName,
      password: authentication.options.password,
      encrypt: options.encrypt === 'strict' ? 'strict' : options.encrypt ? 'mandatory' : 'optional',
      trustServerCertificate: options.trustServerCertificate,
      serverName: options.serverName,
      readOnlyIntent: options.readOnlyIntent,
      connectTimeout: options.connectTimeout || undefined,
    };
  }

  return { ISOLATION_LEVEL, assertIsolationLevel, readConfig, readTarget };
})
