// Errors as Node makes them (https://nodejs.org/api/errors.html): the code, and what was received instead.
(function (kit, module) {
  'use strict';

  /** `coded(TypeError, 'ERR_X', 'text')`; its text form has the code, as Node's errors have. */
  function coded(Type, code, message, fields) {
    const error = new Type(message);
    error.code = code;
    Object.defineProperty(error, 'toString', {
      value() { return `${this.name} [${code}]: ${this.message}`; },
      enumerable: false,
      configurable: true,
      writable: true,
    });
    return fields ? Object.assign(error, fields) : error;
  }

  function received(value) {
    if (value === null || value === undefined) return ` Received ${value}`;
    if (typeof value === 'function') return ` Received function ${value.name}`;
    if (typeof value === 'object') {
      return value.constructor?.name ? ` Received an instance of ${value.constructor.name}` : ` Received ${kit.inspect(value, { depth: -1 })}`;
    }
    const text = kit.inspect(value);
    return ` Received type ${typeof value} (${text.length > 28 ? `${text.slice(0, 25)}...` : text})`;
  }

  const grouped = (value) => (Number.isInteger(value) && Math.abs(value) > 2 ** 32 ? String(value).replace(/\B(?=(\d{3})+$)/g, '_') : kit.inspect(value));

  /** @param expected for example "of type string" */
  const invalidType = (name, expected, value) => coded(
    TypeError,
    'ERR_INVALID_ARG_TYPE',
    `The ${name.endsWith(' argument') ? name : `"${name}" ${name.includes('.') ? 'property' : 'argument'}`} must be ${expected}.${received(value)}`);
  const invalidValue = (name, value, reason = 'is invalid') => coded(
    TypeError,
    'ERR_INVALID_ARG_VALUE',
    `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${kit.inspect(value)}`);
  const outOfRange = (name, range, value) => coded(
    RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${range}. Received ${grouped(value)}`);

  function checkString(value, name) {
    if (typeof value !== 'string') throw invalidType(name, 'of type string', value);
  }
  function checkFunction(value, name) {
    if (typeof value !== 'function') throw invalidType(name, 'of type function', value);
  }
  function checkInteger(value, name, lowest = Number.MIN_SAFE_INTEGER, highest = Number.MAX_SAFE_INTEGER) {
    if (typeof value !== 'number') throw invalidType(name, 'of type number', value);
    if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
    if (value < lowest || value > highest) throw outOfRange(name, `>= ${lowest} && <= ${highest}`, value);
  }

  /** The error that a thing which a sandbox has not gives when it is used. */
  const notAvailable = (what, reason) => coded(Error, 'ERR_FEATURE_UNAVAILABLE', `${what} is not available in LazyMigrate's scripts: ${reason}`);

  module.exports = { coded, invalidType, invalidValue, outOfRange, checkString, checkFunction, checkInteger, notAvailable };
})
