// jwt-decode: https://github.com/auth0/jwt-decode. Version 4 has the named export; 2 and 3 the function itself.
(function (kit, module) {
  'use strict';
  class InvalidTokenError extends Error {}
  Object.defineProperty(InvalidTokenError.prototype, 'name', { value: 'InvalidTokenError', writable: true, configurable: true, enumerable: true });
  const invalid = (reason) => new InvalidTokenError(`Invalid token specified: ${reason}`);

  function textOf(part) {
    const padding = { 0: '', 2: '==', 3: '=' }[part.length % 4];
    if (padding === undefined) throw new Error('base64 string is not of the correct length');
    const binary = atob(part.replace(/-/g, '+').replace(/_/g, '/') + padding);
    try {
      return decodeURIComponent(binary.replace(/[^]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`));
    } catch {
      return binary;
    }
  }

  function jwtDecode(token, options) {
    if (typeof token !== 'string') throw invalid('must be a string');
    const position = options?.header === true ? 0 : 1;
    const part = token.split('.')[position];
    if (typeof part !== 'string') throw invalid(`missing part #${position + 1}`);
    let text;
    try {
      text = textOf(part);
    } catch (error) {
      throw invalid(`invalid base64 for part #${position + 1} (${error.message})`);
    }
    try {
      return JSON.parse(text);
    } catch (error) {
      throw invalid(`invalid json for part #${position + 1} (${error.message})`);
    }
  }

  module.exports = Object.assign(jwtDecode, { jwtDecode, InvalidTokenError });
  Object.defineProperty(module.exports, 'default', { value: jwtDecode });
})
