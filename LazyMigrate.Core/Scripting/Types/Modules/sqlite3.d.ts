/** https://github.com/TryGhost/node-sqlite3/wiki/API. Files are always opened for reading only. */
declare module 'sqlite3' {
  type Callback<T = void> = (this: Statement, error: (Error & { code: string; errno: number }) | null, value?: T) => void;
  export class Statement {
    readonly sql: string;
    readonly lastID: number;
    readonly changes: number;
    bind(...values: any[]): this;
    reset(callback?: Callback): this;
    run(...valuesAndCallback: any[]): this;
    get(...valuesAndCallback: any[]): this;
    all(...valuesAndCallback: any[]): this;
    each(...valuesAndCallbacks: any[]): this;
    map(...valuesAndCallback: any[]): this;
    finalize(callback?: Callback): Database;
  }
  export class Database {
    constructor(file: string, callback?: (error: Error | null) => void);
    constructor(file: string, mode: number, callback?: (error: Error | null) => void);
    readonly filename: string;
    readonly open: boolean;
    prepare(sql: string, ...valuesAndCallback: any[]): Statement;
    run(sql: string, ...valuesAndCallback: any[]): this;
    get(sql: string, ...valuesAndCallback: any[]): this;
    all(sql: string, ...valuesAndCallback: any[]): this;
    each(sql: string, ...valuesAndCallbacks: any[]): this;
    map(sql: string, ...valuesAndCallback: any[]): this;
    exec(sql: string, callback?: Callback): this;
    close(callback?: (error: Error | null) => void): this;
    serialize(callback?: () => void): this;
    parallelize(callback?: () => void): this;
    configure(option: string, value: any): this;
    interrupt(): this;
    wait(callback?: Callback): this;
    /** Not available: it throws. */
    loadExtension(): never;
    /** Not available: it throws. */
    backup(): never;
    on(event: string, listener: (...args: any[]) => void): this;
  }
  export function verbose(): typeof import('sqlite3');
  export const cached: { objects: Record<string, Database>; Database: typeof Database };
  export const OPEN_READONLY: number;
  export const OPEN_READWRITE: number;
  export const OPEN_CREATE: number;
  export const OPEN_URI: number;
  export const OPEN_MEMORY: number;
  export const OPEN_NOMUTEX: number;
  export const OPEN_FULLMUTEX: number;
  export const OPEN_SHAREDCACHE: number;
  export const OPEN_PRIVATECACHE: number;
  export const OK: number;
  export const ERROR: number;
  export const INTERNAL: number;
  export const PERM: number;
  export const ABORT: number;
  export const BUSY: number;
  export const LOCKED: number;
  export const NOMEM: number;
  export const READONLY: number;
  export const INTERRUPT: number;
  export const IOERR: number;
  export const CORRUPT: number;
  export const NOTFOUND: number;
  export const FULL: number;
  export const CANTOPEN: number;
  export const PROTOCOL: number;
  export const EMPTY: number;
  export const SCHEMA: number;
  export const TOOBIG: number;
  export const CONSTRAINT: number;
  export const MISMATCH: number;
  export const MISUSE: number;
  export const NOLFS: number;
  export const AUTH: number;
  export const FORMAT: number;
  export const RANGE: number;
  export const NOTADB: number;
}
