// Node's buffer module: https://nodejs.org/api/buffer.html
(function (kit, module) {
  'use strict';
  module.exports = { Buffer, atob, btoa, kMaxLength: 0x7fffffff, constants: { MAX_LENGTH: 0x7fffffff } };
})
