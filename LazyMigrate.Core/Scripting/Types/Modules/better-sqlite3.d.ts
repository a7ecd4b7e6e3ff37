/** https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md. Files are always opened for reading only. */
declare module 'better-sqlite3' {
  interface Statement {
    get(...parameters: any[]): any;
    all(...parameters: any[]): any[];
    iterate(...parameters: any[]): IterableIterator<any>;
    run(...parameters: any[]): { changes: number; lastInsertRowid: number | bigint };
    pluck(on?: boolean): this;
    raw(on?: boolean): this;
    expand(on?: boolean): this;
    safeIntegers(on?: boolean): this;
    bind(...parameters: any[]): this;
    columns(): { name: string; column: string | null; table: string | null; database: string | null; type: string | null }[];
    readonly source: string;
    readonly reader: boolean;
    readonly readonly: boolean;
    readonly busy: boolean;
    readonly database: Database;
  }
  interface Database {
    prepare(sql: string): Statement;
    exec(sql: string): this;
    pragma(sql: string, options?: { simple?: boolean }): any;
    transaction<F extends (...args: any[]) => any>(run: F): F;
    function(name: string, ...optionsAndFunction: any[]): this;
    defaultSafeIntegers(on?: boolean): this;
    unsafeMode(on?: boolean): this;
    /** Not available: they throw. */
    aggregate(...args: any[]): any;
    table(...args: any[]): any;
    loadExtension(...args: any[]): any;
    backup(...args: any[]): any;
    serialize(...args: any[]): any;
    close(): this;
    readonly name: string;
    readonly open: boolean;
    readonly memory: boolean;
    readonly readonly: boolean;
    readonly inTransaction: boolean;
  }
  class SqliteError extends Error { constructor(message: string, code: string); code: string; }
  interface DatabaseConstructor {
    new (file: string, options?: { readonly?: boolean; fileMustExist?: boolean; timeout?: number; verbose?: any }): Database;
    (file: string, options?: object): Database;
    SqliteError: typeof SqliteError;
  }
  const open: DatabaseConstructor;
  export = open;
}
