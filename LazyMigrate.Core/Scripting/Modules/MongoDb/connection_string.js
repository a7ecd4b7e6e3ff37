// mongodb://user:password@host:27017,host:27018/database?option=value and the options of MongoClient, as one object for the host
// part: https://www.mongodb.com/docs/manual/reference/connection-string/.
(function (kit, module, require) {
  'use strict';
  const { MongoParseError, MongoRuntimeError, MongoMissingCredentialsError } = require('internal/mongodb/error');

  // Options that change nothing here: the pools and their times are the server's own.
  const ignored = `appName autoEncryption autoReconnect auto_reconnect bufferMaxEntries checkKeys compressors connectWithNoPrimary domainsEnabled driverInfo
    enableUtf8Validation family fieldsAsRaw forceServerObjectId fsync ha haInterval heartbeatFrequencyMS j journal keepAlive keepAliveInitialDelay
    loadBalanced localThresholdMS logger loggerLevel lookup maxConnecting maxIdleTimeMS maxPoolSize maxStalenessSeconds minHeartbeatFrequencyMS
    minPoolSize minSize monitorCommands monitoring mongodbLogPath native_parser noDelay numberOfRetries pkFactory poolSize promiseLibrary proxyHost
    raw readConcern readConcernLevel readPreferenceTags reconnectInterval reconnectTries retryReads retryWrites secondaryAcceptableLatencyMS
    serializeFunctions serverApi serverMonitoringMode socketTimeoutMS socketOptions srvMaxHosts srvServiceName timeoutMS useNewUrlParser
    useRecoveryToken useUnifiedTopology useCreateIndex useFindAndModify validateOptions w waitQueueMultiple waitQueueTimeoutMS writeConcern wtimeout
    wtimeoutMS zlibCompressionLevel servers server db replSet mongos`.split(/\s+/);
  const files = `tlsCAFile tlsCertificateKeyFile tlsCertificateFile tlsCRLFile tlsCertificateKeyFilePassword sslCAFile sslCertificateKeyFile`.split(/\s+/);
  const used = `auth authMechanism authMechanismProperties authSource bsonRegExp ca cert checkServerIdentity connectTimeoutMS directConnection
    ignoreUndefined key passphrase promoteBuffers promoteLongs promoteValues readPreference rejectUnauthorized replicaSet rs_name servername
    serverSelectionTimeoutMS ssl sslCA sslCert sslKey sslPass sslValidate tls tlsAllowInvalidCertificates tlsAllowInvalidHostnames tlsInsecure
    useBigInt64 user password`.split(/\s+/);
  const names = new Map([...ignored, ...files, ...used].map((name) => [name.toLowerCase(), name]));

  const decode = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      throw new MongoParseError('URI malformed: user name, password and database must be percent-encoded');
    }
  };

  const readBoolean = (name, value) => {
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    throw new MongoParseError(`${name} must be either "true" or "false"`);
  };

  function readHost(text, isSrv) {
    const match = /^(\[[^\]]+\]|[^:[\]]*)(?::(\d+))?$/.exec(text);
    const port = Number(match?.[2] ?? 27017);
    if (!match || match[1] === '' || port > 65535) throw new MongoRuntimeError(`Unable to parse ${text} with URL`);
    if (port === 0) throw new MongoParseError('Invalid port (zero) with hostname');
    if (isSrv && match[2] !== undefined) throw new MongoParseError('mongodb+srv URI cannot have port number');
    return { host: decode(match[1].replace(/^\[|\]$/g, '')).toLowerCase(), port };
  }

  /** The fields of a URI; secrets stay in it and are never part of an error. */
  function readUri(uri) {
    if (typeof uri !== 'string') throw new MongoParseError('The connection string must be a string');
    const scheme = /^mongodb(\+srv)?:\/\//.exec(uri);
    if (!scheme) throw new MongoParseError('Invalid scheme, expected connection string to start with "mongodb://" or "mongodb+srv://"');
    const isSrv = scheme[1] !== undefined;
    const [, user, password, hosts, path, query] = /^(?:([^:@/?]*)(?::(.*))?@)?([^/?@]+)(?:\/([^?]*))?(?:\?(.*))?$/s.exec(uri.slice(scheme[0].length)) ?? [];
    if (!hosts) throw new MongoParseError('Protocol and host list are required in the connection string');
    const list = hosts.split(',').map((each) => readHost(each, isSrv));
    if (isSrv && list.length > 1) throw new MongoParseError('mongodb+srv URI cannot have multiple service names');
    const options = {};
    for (const pair of (query ?? '').split('&').filter(Boolean)) {
      const [name, ...rest] = pair.split('=');
      options[decode(name)] = decode(rest.join('='));
    }
    return { isSrv, hosts: list, user: user ? decode(user) : undefined, password: password === undefined ? undefined : decode(password), database: path ? decode(path) : '', options };
  }

  function readOptions(given, isStrict) {
    const options = {};
    for (const [name, value] of Object.entries(given)) {
      if (value === undefined) continue;
      const known = names.get(name.toLowerCase());
      if (!known && isStrict) throw new MongoParseError(`option ${name.toLowerCase()} is not supported`);
      if (files.includes(known)) throw new MongoParseError(`The option ${known} names a file, which scripts cannot read. Give the certificate itself as PEM text in the option \`ca\`, \`cert\` or \`key\`.`);
      // What 2.x nests in `server`, `replSet` and so on is the same options again.
      if (['server', 'replSet', 'mongos', 'db'].includes(known)) Object.assign(options, readOptions(value?.socketOptions ? { ...value, ...value.socketOptions } : value ?? {}, false));
      else if (known) options[known] = value;
    }
    return options;
  }

  function readTls(options, isSrv) {
    const switched = options.tls ?? options.ssl;
    if (switched === undefined ? !isSrv : !readBoolean('tls', switched)) return undefined;
    const isOn = (name) => options[name] !== undefined && readBoolean(name, options[name]);
    const isOff = (name) => options[name] !== undefined && !readBoolean(name, options[name]);
    return kit.tls({
      ca: options.ca ?? options.sslCA,
      cert: options.cert ?? options.sslCert,
      key: options.key ?? options.sslKey,
      passphrase: options.passphrase ?? options.sslPass,
      servername: options.servername,
      rejectUnauthorized: !(isOn('tlsInsecure') || isOn('tlsAllowInvalidCertificates') || isOff('sslValidate') || isOff('rejectUnauthorized')),
    });
  }

  /** Reads both. `isStrict`: unknown options are an error, as from version 4 of the package on. */
  function parse(uri, given, isStrict) {
    const read = readUri(uri);
    const options = { ...readOptions(read.options, isStrict), ...readOptions(given ?? {}, isStrict) };
    const user = options.auth?.username ?? options.auth?.user ?? options.user ?? read.user;
    const mechanism = options.authMechanism;
    if (mechanism && !user) throw new MongoMissingCredentialsError(`Username required for mechanism '${mechanism}'`);
    return {
      isSrv: read.isSrv,
      hosts: read.hosts,
      user,
      password: options.auth?.password ?? options.password ?? read.password ?? (user ? '' : undefined),
      authSource: options.authSource ?? (read.database || 'admin'),
      mechanism,
      database: read.database || 'test',
      replicaSet: options.replicaSet ?? options.rs_name,
      direct: options.directConnection === undefined ? undefined : readBoolean('directConnection', options.directConnection),
      selectionTime: Number(options.serverSelectionTimeoutMS ?? 0) || undefined,
      tls: readTls(options, read.isSrv),
      readPreference: options.readPreference?.mode ?? options.readPreference,
      bson: {
        ignoreUndefined: options.ignoreUndefined === true || options.ignoreUndefined === 'true',
        promoteLongs: options.promoteLongs, promoteValues: options.promoteValues, promoteBuffers: options.promoteBuffers,
        bsonRegExp: options.bsonRegExp, useBigInt64: options.useBigInt64,
      },
    };
  }

  module.exports = { parse };
})
