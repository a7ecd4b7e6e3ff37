// Node's assert: https://nodejs.org/api/assert.html. Messages that Node draws as a difference are one line here.
(function (kit, module, require) {
  'use strict';
  const { isDeepEqual } = require('internal/equality');
  const { coded, invalidType } = require('internal/errors');
  const words = {
    strictEqual: 'Expected values to be strictly equal:', deepStrictEqual: 'Expected values to be strictly deep-equal:', deepEqual: 'Expected values to be loosely deep-equal:',
    notStrictEqual: 'Expected "actual" to be strictly unequal to:', notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:', notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  };
  const show = (value) => kit.inspect(value);

  function textOf(actual, expected, operator) {
    if (operator === '==' || operator === '!=') return `${show(actual)} ${operator} ${show(expected)}`;
    if (operator.startsWith('not')) return `${words[operator]}${typeof actual === 'object' && actual !== null ? `\n\n${show(actual)}\n` : ` ${show(expected)}`}`;
    if (operator === 'strictEqual' && [actual, expected].every((value) => value === null || typeof value !== 'object')) return `${words[operator]}\n\n${show(actual)} !== ${show(expected)}\n`;
    return `${words[operator] ?? operator}\n\n${show(actual)}\n\nshould equal\n\n${show(expected)}\n`;
  }

  class AssertionError extends Error {
    constructor(options) {
      if (typeof options !== 'object' || options === null) throw invalidType('options', 'of type object', options);
      const { message, actual, expected, operator } = options;
      super(message !== undefined ? String(message) : operator === undefined ? 'Failed' : textOf(actual, expected, operator));
      this.generatedMessage = message === undefined;
      this.code = 'ERR_ASSERTION';
      Object.assign(this, { actual, expected, operator });
      Object.defineProperty(this, 'name', { value: 'AssertionError', writable: true, configurable: true, enumerable: false });
      Error.captureStackTrace(this, options.stackStartFn ?? AssertionError);
    }
    toString() { return `${this.name} [${this.code}]: ${this.message}`; }
  }

  function fail(actual, expected, operator, message, generated) {
    if (message instanceof Error) throw message;
    const error = new AssertionError({ message: message ?? generated, actual, expected, operator });
    error.generatedMessage = message === undefined;
    throw error;
  }
  const check = (passed, actual, expected, operator, message, generated) => { if (!passed) fail(actual, expected, operator, message, generated); };

  function assert(...args) {
    const [value, message] = args;
    if (value) return;
    fail(value, true, '==', args.length ? message : 'No value argument passed to `assert.ok()`', 'The expression evaluated to a falsy value');
  }

  /** Whether an error is as expected: a class, a pattern, an object of fields, or a function that says so. */
  function checkThrown(error, expected, message, operator) {
    if (expected === undefined) return;
    if (typeof expected === 'function') {
      if (expected.prototype !== undefined && error instanceof expected) return;
      if (Error.isPrototypeOf(expected) || expected === Error) {
        throw new AssertionError({ message: message ?? `The error is expected to be an instance of "${expected.name}". Received ${error instanceof Error ? `"${error.name}"\n\nError message:\n\n${error.message}` : `"${show(error)}"`}`, actual: error, expected, operator });
      }
      const answer = expected.call({}, error);
      if (answer !== true) fail(error, expected, operator, message, `The ${expected.name ? `"${expected.name}" ` : ''}validation function is expected to return "true". Received ${show(answer)}\n\nCaught error:\n\n${error}`);
      return;
    }
    if (expected instanceof RegExp) {
      check(expected.test(String(error)), error, expected, operator, message, `The input did not match the regular expression ${expected}. Input:\n\n${show(String(error))}\n`);
      return;
    }
    if (typeof expected !== 'object' || expected === null) throw invalidType('expected', 'of type function or an instance of Error, RegExp, or Object', expected);
    const keys = Object.keys(expected);
    if (expected instanceof Error) keys.push('name', 'message');
    else if (keys.length === 0) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'error' may not be an empty object. Received {}`);
    for (const key of keys) {
      const same = expected[key] instanceof RegExp && typeof error?.[key] === 'string' ? expected[key].test(error[key]) : isDeepEqual(error?.[key], expected[key], true);
      check(same, error, expected, operator, message, `${words.deepStrictEqual}\n\n${show(error?.[key])}\n\nshould equal\n\n${show(expected[key])}\n`);
    }
  }
  const none = Symbol('nothing thrown');
  const missing = (expected, message, what, operator) => fail(undefined, expected, operator, undefined, `Missing expected ${what}${expected?.name ? ` (${expected.name})` : ''}${typeof message === 'string' ? `: ${message}` : '.'}`);
  const split = (expected, message) => (typeof expected === 'string' ? [undefined, expected] : [expected, message]);

  function thrownBy(action) {
    if (typeof action !== 'function') throw invalidType('fn', 'of type function', action);
    try {
      action();
    } catch (error) {
      return error;
    }
    return none;
  }
  async function rejectedBy(promise) {
    const made = typeof promise === 'function' ? promise() : promise;
    if (typeof made?.then !== 'function') {
      throw typeof promise === 'function'
        ? coded(TypeError, 'ERR_INVALID_RETURN_VALUE', `Expected instance of Promise to be returned from the "promiseFn" function but got ${made === undefined || made === null ? made : `type ${typeof made}`}.`)
        : invalidType('promiseFn', 'of type function or an instance of Promise', promise);
    }
    try {
      await made;
    } catch (error) {
      return error;
    }
    return none;
  }
  const unwanted = (error, message, what, operator) => fail(error, undefined, operator, undefined, `Got unwanted ${what}${typeof message === 'string' ? `: ${message}` : '.'}\nActual message: "${error?.message}"`);

  Object.assign(assert, {
    ok: (...args) => assert(...args),
    equal: (a, b, message) => check(a == b || (a !== a && b !== b), a, b, '==', message),
    notEqual: (a, b, message) => check(!(a == b || (a !== a && b !== b)), a, b, '!=', message),
    strictEqual: (a, b, message) => check(Object.is(a, b), a, b, 'strictEqual', message),
    notStrictEqual: (a, b, message) => check(!Object.is(a, b), a, b, 'notStrictEqual', message),
    deepEqual: (a, b, message) => check(isDeepEqual(a, b, false), a, b, 'deepEqual', message),
    notDeepEqual: (a, b, message) => check(!isDeepEqual(a, b, false), a, b, 'notDeepEqual', message),
    deepStrictEqual: (a, b, message) => check(isDeepEqual(a, b, true), a, b, 'deepStrictEqual', message),
    notDeepStrictEqual: (a, b, message) => check(!isDeepEqual(a, b, true), a, b, 'notDeepStrictEqual', message),
    fail(message = 'Failed') {
      if (message instanceof Error) throw message;
      throw Object.assign(new AssertionError({ message, operator: 'fail' }), { generatedMessage: message === 'Failed' });
    },
    match(text, pattern, message) {
      if (!(pattern instanceof RegExp)) throw invalidType('regexp', 'an instance of RegExp', pattern);
      check(typeof text === 'string' && pattern.test(text), text, pattern, 'match', message, typeof text === 'string' ? `The input did not match the regular expression ${pattern}. Input:\n\n${show(text)}\n` : `The "string" argument must be of type string. Received type ${typeof text} (${show(text)})`);
    },
    doesNotMatch: (text, pattern, message) => check(!pattern.test(text), text, pattern, 'doesNotMatch', message, `The input was expected to not match the regular expression ${pattern}. Input:\n\n${show(text)}\n`),
    ifError(value) {
      if (value === null || value === undefined) return;
      throw new AssertionError({ message: `ifError got unwanted exception: ${typeof value?.message === 'string' ? value.message : show(value)}`, actual: value, expected: null, operator: 'ifError' });
    },
    throws(action, ...rest) {
      const [expected, message] = split(...rest);
      const error = thrownBy(action);
      if (error === none) missing(expected, message, 'exception', 'throws');
      checkThrown(error, expected, message, 'throws');
    },
    doesNotThrow(action, ...rest) {
      const error = thrownBy(action);
      if (error !== none) unwanted(error, split(...rest)[1], 'exception', 'doesNotThrow');
    },
    async rejects(promise, ...rest) {
      const [expected, message] = split(...rest);
      const error = await rejectedBy(promise);
      if (error === none) missing(expected, message, 'rejection', 'rejects');
      checkThrown(error, expected, message, 'rejects');
    },
    async doesNotReject(promise, ...rest) {
      const error = await rejectedBy(promise);
      if (error !== none) unwanted(error, split(...rest)[1], 'rejection', 'doesNotReject');
    },
    AssertionError,
  });
  assert.strict = Object.assign((...args) => assert(...args), assert, {
    equal: assert.strictEqual, notEqual: assert.notStrictEqual, deepEqual: assert.deepStrictEqual, notDeepEqual: assert.notDeepStrictEqual,
  });
  assert.strict.strict = assert.strict;
  module.exports = assert;
})
