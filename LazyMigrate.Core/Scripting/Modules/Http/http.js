// Node's http: https://nodejs.org/api/http.html
(function (kit, module, require) {
  'use strict';
  module.exports = require('internal/http-client').create(kit.call, 'http:');
})
