// What scripts of the dialect auth0 see besides: their settings, and the libraries that old scripts use without require.

/** The variables of the custom database. */
declare const configuration: Readonly<typeof env>;

declare const _: typeof import('lodash');
declare const async: typeof import('async');
declare const bcrypt: typeof import('bcrypt');
declare const bluebird: typeof import('bluebird');
/** The whole of Node's crypto. */
declare const crypto: typeof import('crypto');
declare const jwt: typeof import('jsonwebtoken');
/** The driver; called as a function it connects: `mongo(uri, (db) => …)`. */
declare const mongo: typeof import('mongodb') & ((uri: string, callback: (db: any) => void) => void);
declare const mysql: typeof import('mysql') & ((config: import('mysql').ConnectionConfig) => import('mysql').Connection);
declare const mysql_pool: typeof import('mysql') & ((config: import('mysql').PoolConfig) => import('mysql').Pool);
declare const pg: typeof import('pg');
/** `postgres(uri, (error, client, done) => …)` */
declare const postgres: typeof import('pg') & typeof import('pg').connect;
declare const querystring: typeof import('querystring');
declare const request: typeof import('request');
declare const sqlserver: typeof import('tedious');
declare const url: typeof import('url');
declare const util: typeof import('util');
declare const uuid: typeof import('uuid');
/** Not built in; a package of that name can be added under Modules. */
declare const xml2js: any, xmldom: any, xpath: any;
