// Node's https: https://nodejs.org/api/https.html
(function (kit, module, require) {
  'use strict';
  module.exports = require('internal/http-client').create(kit.call, 'https:');
})
