/** https://www.npmjs.com/package/mongo-getdb: the database that a URI names. It is also the driver itself. */
declare module 'mongo-getdb' {
  import mongodb = require('mongodb');
  type Database = mongodb.Db & { db(name?: string): mongodb.Db; close(force?: boolean): Promise<void> };
  interface Mongo {
    /** A callback with one parameter gets the database, one with two the error first. */
    (uri: string, callback: ((db: Database) => void) | ((error: any, db: Database) => void)): void;
    (uri: string, options: Record<string, any>, callback: ((db: Database) => void) | ((error: any, db: Database) => void)): void;
  }
  const mongo: Mongo & typeof mongodb;
  export = mongo;
}
