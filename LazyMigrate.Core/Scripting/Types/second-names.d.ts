// Modules that have more than one name, and those that are a member of another.
declare module 'bcryptjs' { export * from 'bcrypt'; }
declare module 'drupal-hash' { export * from 'phpass'; }
declare module 'wordpress-hash-node' { export * from 'phpass'; }
declare module 'mssql/tedious' { export * from 'mssql'; }
/** Not available: it throws. */
declare module 'mssql/msnodesqlv8';
/** Not available: it throws. */
declare module 'msnodesqlv8';
declare module 'request-promise-native' { import original = require('request-promise'); export = original; }
declare module 'isomorphic-fetch' { const own: typeof fetch & { default: typeof fetch; fetch: typeof fetch; Headers: typeof Headers; Request: typeof Request; Response: typeof Response }; export = own; }
declare module 'cross-fetch' { import original = require('node-fetch'); export = original; }
declare module 'underscore' { import original = require('lodash'); export = original; }
declare module 'native-or-bluebird' { import original = require('bluebird'); export = original; }
declare module 'node-uuid' { import original = require('uuid'); export = original; }
declare module 'uuid/v1' { const make: typeof import('uuid').v1; export = make; }
declare module 'uuid/v3' { const make: typeof import('uuid').v3; export = make; }
declare module 'uuid/v4' { const make: typeof import('uuid').v4; export = make; }
declare module 'uuid/v5' { const make: typeof import('uuid').v5; export = make; }
declare module 'assert/strict' { import original = require('assert'); export = original; }
declare module 'path/posix' { import original = require('path'); export = original; }
declare module 'process' { const own: typeof process; export = own; }
declare module 'util/types' { const types: typeof import('util').types; export = types; }
declare module 'stream/promises' { const promises: typeof import('stream').promises; export = promises; }
declare module 'timers/promises' { const promises: typeof import('timers').promises; export = promises; }
