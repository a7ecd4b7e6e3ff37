// The driver over Microsoft's native ODBC, which a sandbox cannot load.
(function () {
  'use strict';
  throw Object.assign(
    new Error("The driver 'msnodesqlv8' is not available: it needs native code. Use require('mssql') with a user and a password instead."),
    { code: 'MODULE_NOT_FOUND' });
})
