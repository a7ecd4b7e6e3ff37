// tedious's Request, and its errors.
(function (kit, require, parts) {
  'use strict';
  const EventEmitter = require('events');

  class ConnectionError extends Error {
    constructor(message, code, options) {
      super(message, options);
      this.code = code;
    }
  }

  class RequestError extends Error {
    constructor(message, code, options) {
      super(message, options);
      this.code = code;
    }
  }

  class Request extends EventEmitter {
    constructor(sqlTextOrProcedure, callback, options) {
      super();
      this.sqlTextOrProcedure = sqlTextOrProcedure;
      this.parameters = [];
      this.parametersByName = {};
      this.preparing = false;
      this.handle = undefined;
      this.canceled = false;
      this.paused = false;
      this.error = undefined;
      this.connection = undefined;
      this.timeout = undefined;
      this.userCallback = callback;
      this.statementColumnEncryptionSetting = options?.statementColumnEncryptionSetting ?? 0;
      this.callback = function finish(error, rowCount, rows) {
        if (this.preparing) {
          this.preparing = false;
          if (error) this.emit('error', error);
          else this.emit('prepared');
          return;
        }
        if (typeof this.userCallback === 'function') this.userCallback(error, rowCount, rows);
        this.emit('requestCompleted');
      };
    }

    addParameter(name, type, value, options) {
      const { output = false, length, precision, scale } = options ?? {};
      const parameter = { type, name, value, output, length, precision, scale };
      this.parameters.push(parameter);
      this.parametersByName[name] = parameter;
    }

    addOutputParameter(name, type, value, options) { this.addParameter(name, type, value, { ...options, output: true }); }

    makeParamsParameter(parameters) {
      return parameters.map((parameter) => `@${parameter.name} ${parameter.type.declaration(parameter)}${parameter.output ? ' OUTPUT' : ''}`).join(', ');
    }

    validateParameters(collation, options) {
      for (const parameter of this.parameters) {
        try {
          parameter.value = parameter.type.validate(parameter.value, collation, options);
        } catch (error) {
          throw new RequestError(`Validation failed for parameter '${parameter.name}'. ${error.message}`, 'EPARAM', { cause: error });
        }
      }
    }

    pause() {
      if (this.paused) return;
      this.emit('pause');
      this.paused = true;
    }

    resume() {
      if (!this.paused) return;
      this.paused = false;
      this.emit('resume');
    }

    cancel() {
      if (this.canceled) return;
      this.canceled = true;
      this.emit('cancel');
    }

    setTimeout(timeout) { this.timeout = timeout; }
  }

  return { ConnectionError, RequestError, Request };
})
