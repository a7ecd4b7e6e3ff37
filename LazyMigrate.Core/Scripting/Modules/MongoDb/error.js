// The errors of the npm package mongodb: https://mongodb.github.io/node-mongodb-native/6.20/classes/MongoError.html.
(function (kit, module, require) {
  'use strict';
  const { deserialize } = require('bson');
  const labels = Symbol('errorLabels');

  class MongoError extends Error {
    constructor(message, options) {
      super(message, options?.cause ? { cause: options.cause } : undefined);
      Object.defineProperty(this, labels, { value: new Set() });
    }

    get errmsg() { return this.message; }
    get errorLabels() { return [...this[labels]]; }
    hasErrorLabel(label) { return this[labels].has(label); }
    addErrorLabel(label) { this[labels].add(label); }
  }
  const named = (type, name) => Object.defineProperty(type.prototype, 'name', { value: name, writable: true, configurable: true });
  named(MongoError, 'MongoError');
  const derived = (name, parent) => {
    const type = { [name]: class extends parent {} }[name];
    named(type, name);
    return type;
  };

  class MongoServerError extends MongoError {
    constructor(response) {
      super(response.message || response.errmsg || response.$err || 'n/a');
      for (const label of response.errorLabels ?? []) this.addErrorLabel(label);
      Object.defineProperty(this, 'errorResponse', { value: response, writable: true, configurable: true, enumerable: true });
      for (const [name, value] of Object.entries(response)) {
        if (!['errorLabels', 'errmsg', 'message', 'errorResponse'].includes(name)) this[name] = value;
      }
    }
  }
  named(MongoServerError, 'MongoServerError');

  const MongoDriverError = derived('MongoDriverError', MongoError);
  const MongoAPIError = derived('MongoAPIError', MongoDriverError);
  const MongoRuntimeError = derived('MongoRuntimeError', MongoDriverError);
  const MongoInvalidArgumentError = derived('MongoInvalidArgumentError', MongoAPIError);
  const MongoCompatibilityError = derived('MongoCompatibilityError', MongoAPIError);
  const MongoNotConnectedError = derived('MongoNotConnectedError', MongoAPIError);
  const MongoCursorExhaustedError = derived('MongoCursorExhaustedError', MongoAPIError);
  const MongoCursorInUseError = derived('MongoCursorInUseError', MongoAPIError);
  const MongoMissingCredentialsError = derived('MongoMissingCredentialsError', MongoAPIError);
  const MongoParseError = derived('MongoParseError', MongoDriverError);
  const MongoNetworkError = derived('MongoNetworkError', MongoError);
  const MongoNetworkTimeoutError = derived('MongoNetworkTimeoutError', MongoNetworkError);
  const MongoSystemError = derived('MongoSystemError', MongoError);
  const MongoServerSelectionError = derived('MongoServerSelectionError', MongoSystemError);
  const MongoWriteConcernError = derived('MongoWriteConcernError', MongoServerError);

  /** Some of several writes of one call failed. */
  class MongoBulkWriteError extends MongoServerError {
    constructor(writeErrors, result) {
      const first = writeErrors[0];
      super({ message: first.errmsg, code: first.code, writeErrors, result });
      Object.assign(this, result);
    }
  }
  named(MongoBulkWriteError, 'MongoBulkWriteError');

  /** What a call of the host part threw, as the original throws it. */
  function toMongoError(error) {
    const keepStack = (made) => {
      const frames = String(error.stack ?? '').indexOf('\n');
      if (frames >= 0) Object.defineProperty(made, 'stack', { value: `${made.name}: ${made.message}${error.stack.slice(frames)}`, writable: true, configurable: true });
      return made;
    };
    switch (error.kind) {
      case 'server': return keepStack(new MongoServerError(deserialize(kit.fromBase64(error.document))));
      case 'selection': return keepStack(new MongoServerSelectionError(error.message));
      case 'timeout': return keepStack(new MongoNetworkTimeoutError(error.message));
      case 'network': return keepStack(new MongoNetworkError(error.message));
      default: return error;
    }
  }

  module.exports = {
    MongoError, MongoServerError, MongoDriverError, MongoAPIError, MongoRuntimeError, MongoInvalidArgumentError, MongoCompatibilityError,
    MongoNotConnectedError, MongoCursorExhaustedError, MongoCursorInUseError, MongoMissingCredentialsError, MongoParseError, MongoNetworkError,
    MongoNetworkTimeoutError, MongoSystemError, MongoServerSelectionError, MongoWriteConcernError, MongoBulkWriteError, toMongoError,
  };
})
