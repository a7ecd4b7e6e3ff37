// What libraries ask of the globals of Node and of the web. Axios before version 1 tells Node by this tag; follow-redirects
// sets the host of a URL; the SDK of Auth0 asks whether a body is a form.
defineProperty(process, Symbol.toStringTag, { __proto__: null, value: 'process', writable: false, enumerable: false, configurable: true });
for (const name of ['Blob', 'File', 'FormData']) defineLazyGlobal(name, () => requireBuiltIn('internal/web-forms')[name]);
defineProperty(URL.prototype, 'host', {
  ...getOwnPropertyDescriptor(URL.prototype, 'host'),
  set(value) {
    const [, hostname, port] = /^(\[[^\]]*\]|[^:/?#]*)(?::(\d+))?/.exec(value);
    if (hostname === '') return;
    this.hostname = hostname;
    if (port !== undefined) this.port = port === specialPorts[this.protocol] ? '' : port;
  },
});

// What only scripts of the dialect auth0 see: their settings under the name `configuration`, and the libraries that
// scripts written before 2022 use without requiring them.
if (settings.dialect === 'Auth0') {
  defineGlobal('configuration', Object.freeze({ ...settings.variables }));

  // postgres(uri, (err, client, done) => …) was pg.connect under another name.
  const postgres = () => {
    const pg = requireModule('pg');
    return Object.assign((config, callback) => pg.connect(config, callback), pg);
  };
  // A pool of mysql as the old sandbox made it: mysql_pool(options) answers with mysql.createPool(options).
  const mysqlPool = () => {
    const mysql = requireModule('mysql');
    return Object.assign((options) => mysql.createPool(options), mysql);
  };
  const libraries = {
    __proto__: null,
    _: 'lodash',
    async: 'async',
    bcrypt: 'bcrypt',
    bluebird: 'bluebird',
    crypto: 'crypto',
    jwt: 'jsonwebtoken',
    mongo: 'mongo-getdb',
    mysql: 'mysql',
    mysql_pool: mysqlPool,
    pg: 'pg',
    postgres,
    querystring: 'querystring',
    request: 'request',
    sqlserver: 'tedious',
    url: 'url',
    util: 'util',
    uuid: 'uuid',
    xml2js: 'xml2js',
    xmldom: 'xmldom',
    xpath: 'xpath',
  };
  for (const name of objectKeys(libraries)) {
    const library = libraries[name];
    defineLazyGlobal(name, typeof library === 'function' ? library : () => requireModule(library));
  }
}
