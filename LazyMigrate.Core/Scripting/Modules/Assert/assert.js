// Node's assert, strict and loose: https://nodejs.org/api/assert.html
(function (kit, module, require) {
  'use strict';
  const { isDeepStrictEqual } = require('util');

  class AssertionError extends Error {
    constructor({ message, actual, expected, operator }) {
      super(message ?? `${kit.inspect(actual)} ${operator} ${kit.inspect(expected)}`);
      this.name = 'AssertionError';
      this.code = 'ERR_ASSERTION';
      Object.assign(this, { actual, expected, operator });
    }
  }

  function check(passed, actual, expected, operator, message) {
    if (passed) return;
    throw message instanceof Error ? message : new AssertionError({ message, actual, expected, operator });
  }

  const assert = (value, message) => check(value, value, true, '==', message);
  assert.ok = assert;
  assert.equal = (a, b, message) => check(a == b || (a !== a && b !== b), a, b, '==', message);
  assert.notEqual = (a, b, message) => check(a != b, a, b, '!=', message);
  assert.strictEqual = (a, b, message) => check(Object.is(a, b), a, b, 'strictEqual', message);
  assert.notStrictEqual = (a, b, message) => check(!Object.is(a, b), a, b, 'notStrictEqual', message);
  assert.deepStrictEqual = (a, b, message) => check(isDeepStrictEqual(a, b), a, b, 'deepStrictEqual', message);
  assert.deepEqual = assert.deepStrictEqual;
  assert.notDeepStrictEqual = (a, b, message) => check(!isDeepStrictEqual(a, b), a, b, 'notDeepStrictEqual', message);
  assert.notDeepEqual = assert.notDeepStrictEqual;
  assert.fail = (message = 'Failed') => check(false, undefined, undefined, 'fail', message);
  assert.match = (text, pattern, message) => check(pattern.test(text), text, pattern, 'match', message);
  assert.ifError = (value) => { if (value !== null && value !== undefined) throw value; };
  assert.throws = (run, expected, message) => {
    try {
      run();
    } catch (error) {
      if (expected instanceof RegExp) check(expected.test(String(error)), error, expected, 'throws', message);
      return;
    }
    check(false, undefined, expected, 'throws', message ?? 'Missing expected exception.');
  };
  assert.rejects = async (promise, expected, message) => {
    try {
      await (typeof promise === 'function' ? promise() : promise);
    } catch (error) {
      if (expected instanceof RegExp) check(expected.test(String(error)), error, expected, 'rejects', message);
      return;
    }
    check(false, undefined, expected, 'rejects', message ?? 'Missing expected rejection.');
  };
  assert.AssertionError = AssertionError;
  assert.strict = assert;
  module.exports = assert;
})
