// What a script of LazyMigrate sees. For the editor only: nothing here runs.

/** Whom the script is asked about: exactly one field is set. */
interface LegacyQuery {
  email?: string;
  /** E.164, for example +4915112345678. */
  phone?: string;
  username?: string;
  /** The key in the legacy database; only for searchUser. */
  id?: string;
}

/** Who asks, and from where. Never a password. */
interface ScriptContext {
  userPoolId: string;
  userPoolName: string;
  userPoolMetadata: Record<string, unknown>;
  appId: string | null;
  appName: string | null;
  appMetadata: Record<string, unknown>;
  application: { id: string | null; name: string | null };
  request: { ip: string | null; geo: null; body: Record<string, unknown> };
}

/** A person: an id, and at least one of email, phone and username. Other fields go to custom data. */
interface LegacyProfile {
  /** The key in the legacy database; `user_id` works too. */
  id: string | number;
  email?: string | null;
  /** Absent means false; `email_verified` works too. */
  emailVerified?: boolean | 0 | 1 | null;
  /** `phone_number` works too. */
  phone?: string | null;
  phoneVerified?: boolean | 0 | 1 | null;
  username?: string | null;
  name?: string | null;
  nickname?: string | null;
  givenName?: string | null;
  familyName?: string | null;
  /** An address of a picture; `picture` works too. */
  photo?: string | null;
  gender?: string | null;
  birthdate?: string | null;
  locale?: string | null;
  zoneinfo?: string | null;
  address?: string | { formatted: string } | null;
  company?: string | null;
  website?: string | null;
  /** The password was right, but this person may not sign in. */
  blocked?: boolean | 0 | 1 | null;
  loginsCount?: number | null;
  lastLogin?: Date | string | number | null;
  signedUp?: Date | string | number | null;
  roles?: string[] | null;
  customData?: Record<string, unknown> | null;
  app_metadata?: Record<string, unknown> | null;
  [field: string]: unknown;
}

/** What listUsers returns: how many people there are in all, and those of this page. */
interface LegacyUserPage {
  totalCount: number | string;
  list: LegacyProfile[];
}

/** Somebody whose move is committed: what userMigrated is told. */
interface MigratedUser {
  /** The key in the legacy database. */
  id: string;
  /** The key of the user here. */
  localId: string;
  email?: string;
  /** E.164, for example +4915112345678. */
  phone?: string;
  username?: string;
  name?: string;
  /** ISO 8601, UTC. */
  migratedAt: string;
}

/** The variables of the custom database. */
declare const env: {
  DB_CONNECTION_URI: string;
  DB_HOST: string;
  DB_PORT: string;
  DB_USERNAME: string;
  DB_PASSWORD: string;
  DB_DATABASE: string;
  [name: string]: string;
};

declare const process: {
  env: typeof env;
  nextTick(callback: (...args: any[]) => void, ...args: any[]): void;
  platform: string;
  version: string;
};
declare const global: typeof globalThis;
declare const module: { exports: any };
declare const exports: any;

/** There is no such user. */
declare class UserNotFoundError extends Error { constructor(message?: string, options?: ErrorOptions); }
/** The password is wrong. */
declare class WrongPasswordError extends Error { constructor(message?: string, options?: ErrorOptions); }
/** Nobody knows right now: try again later. */
declare class TemporaryError extends Error { constructor(message?: string, options?: ErrorOptions); }
/** This script is still a placeholder. */
declare class PlaceholderError extends Error { constructor(message?: string, options?: ErrorOptions); }
/** This person may not sign in. */
declare class UnauthorizedError extends Error { constructor(message?: string, options?: ErrorOptions); }
declare class ValidationError extends Error { constructor(code: string, message?: string, options?: ErrorOptions); code: string; }
/** Without idOrName: no such user. With it: a wrong password. */
declare class WrongUsernameOrPasswordError extends Error { constructor(idOrName?: string | null, message?: string, options?: ErrorOptions); }

interface ScriptConsole {
  debug(...values: any[]): void;
  log(...values: any[]): void;
  info(...values: any[]): void;
  warn(...values: any[]): void;
  error(...values: any[]): void;
}
declare const console: ScriptConsole;

interface Timeout { ref(): this; unref(): this; }
declare function setTimeout(callback: (...args: any[]) => void, milliseconds?: number, ...args: any[]): Timeout;
declare function setInterval(callback: (...args: any[]) => void, milliseconds?: number, ...args: any[]): Timeout;
declare function setImmediate(callback: (...args: any[]) => void, ...args: any[]): Timeout;
declare function clearTimeout(timer?: Timeout | null): void;
declare function clearInterval(timer?: Timeout | null): void;
declare function clearImmediate(timer?: Timeout | null): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;
declare const performance: { now(): number; timeOrigin: number };
/** Web Crypto; in the dialect auth0 the whole of Node's crypto. */
declare const crypto: {
  subtle: { digest(algorithm: string | { name: string }, data: ArrayBuffer | ArrayBufferView): Promise<ArrayBuffer> };
  getRandomValues<T extends ArrayBufferView>(array: T): T;
  randomUUID(): string;
  [name: string]: any;
};
declare class AbortSignal {
  static abort(reason?: any): AbortSignal;
  static timeout(milliseconds: number): AbortSignal;
  readonly aborted: boolean;
  readonly reason: any;
  throwIfAborted(): void;
}
declare class AbortController { readonly signal: AbortSignal; abort(reason?: any): void; }
declare class Headers {
  constructor(init?: Headers | Record<string, string> | [string, string][]);
  append(name: string, value: string): void;
  set(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  has(name: string): boolean;
}
interface RequestInit {
  method?: string;
  headers?: Headers | Record<string, string> | [string, string][];
  body?: string | URLSearchParams | ArrayBuffer | ArrayBufferView | null;
  redirect?: 'follow' | 'manual' | 'error';
  signal?: AbortSignal | null;
}
declare class Request { constructor(input: string | URL | Request, init?: RequestInit); readonly url: string; readonly method: string; readonly headers: Headers; }
declare class Response {
  readonly status: number;
  readonly ok: boolean;
  readonly statusText: string;
  readonly headers: Headers;
  readonly url: string;
  text(): Promise<string>;
  json(): Promise<any>;
  arrayBuffer(): Promise<ArrayBuffer>;
}
/** Only allowed hosts; at most 5 redirects, 10 s and 1 MiB. */
declare function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;

/** The variables of the custom database, in the dialect auth0. */
declare const configuration: Readonly<typeof env>;
declare function atob(text: string): string;
declare function btoa(text: string): string;

type BufferEncoding = 'utf8' | 'utf-8' | 'hex' | 'base64' | 'base64url' | 'latin1' | 'binary' | 'ascii' | 'utf16le';
declare class Buffer extends Uint8Array {
  static from(text: string, encoding?: BufferEncoding): Buffer;
  static from(data: ArrayBuffer | ArrayLike<number>, offset?: number, length?: number): Buffer;
  static alloc(size: number, fill?: string | number | Uint8Array, encoding?: BufferEncoding): Buffer;
  static concat(list: Uint8Array[], totalLength?: number): Buffer;
  static byteLength(value: string | ArrayBufferView, encoding?: BufferEncoding): number;
  static compare(a: Uint8Array, b: Uint8Array): -1 | 0 | 1;
  static isBuffer(value: unknown): value is Buffer;
  toString(encoding?: BufferEncoding, start?: number, end?: number): string;
  equals(other: Uint8Array): boolean;
  compare(other: Uint8Array): -1 | 0 | 1;
}
declare class TextEncoder { encode(text?: string): Uint8Array; }
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(data?: ArrayBuffer | ArrayBufferView): string;
}
declare class URLSearchParams {
  constructor(init?: string | Record<string, string> | Iterable<[string, string]>);
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
}
declare class URL {
  constructor(url: string, base?: string | URL);
  href: string;
  readonly origin: string;
  readonly protocol: string;
  username: string;
  password: string;
  readonly host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  readonly searchParams: URLSearchParams;
  hash: string;
}

declare namespace Pg {
  interface Config {
    connectionString?: string;
    host?: string;
    port?: number | string;
    user?: string;
    password?: string;
    database?: string;
    ssl?: boolean | { rejectUnauthorized?: boolean; ca?: string };
    /** Of a Pool: connections at once. */
    max?: number;
  }
  interface Result<Row = any> {
    rows: Row[];
    rowCount: number | null;
    fields: { name: string; dataTypeID: number }[];
    command: string;
  }
  interface Query { text: string; values?: unknown[]; rowMode?: 'array'; }
  interface Queryable {
    query<Row = any>(text: string | Query, values?: unknown[]): Promise<Result<Row>>;
    query<Row = any>(text: string | Query, callback: (error: Error | null, result: Result<Row>) => void): void;
    query<Row = any>(text: string | Query, values: unknown[], callback: (error: Error | null, result: Result<Row>) => void): void;
    on(event: string, listener: (...args: any[]) => void): this;
  }
  class Client implements Queryable {
    constructor(config?: string | Config);
    connect(): Promise<void>;
    connect(callback: (error: Error | null) => void): void;
    query: Queryable['query'];
    end(): Promise<void>;
    end(callback: (error: Error | null) => void): void;
    on(event: string, listener: (...args: any[]) => void): this;
  }
  interface PoolClient extends Queryable { release(destroy?: boolean | Error): void; }
  class Pool implements Queryable {
    constructor(config?: Config);
    connect(): Promise<PoolClient>;
    connect(callback: (error: Error | null, client: PoolClient, done: () => void) => void): void;
    query: Queryable['query'];
    end(): Promise<void>;
    on(event: string, listener: (...args: any[]) => void): this;
  }
  interface Module {
    Client: typeof Client;
    Pool: typeof Pool;
    types: {
      builtins: Record<string, number>;
      getTypeParser(oid: number): (text: string) => any;
      setTypeParser(oid: number, parse: (text: string) => any): void;
    };
    default: Module;
  }
}

declare namespace BetterSqlite3 {
  interface Statement {
    get(...parameters: unknown[]): any;
    all(...parameters: unknown[]): any[];
    iterate(...parameters: unknown[]): IterableIterator<any>;
    run(...parameters: unknown[]): { changes: number; lastInsertRowid: number };
    pluck(on?: boolean): this;
    raw(on?: boolean): this;
    expand(on?: boolean): this;
    bind(...parameters: unknown[]): this;
    columns(): { name: string; column: string | null; table: string | null; database: string | null; type: string | null }[];
    readonly source: string;
    readonly reader: boolean;
  }
  interface Database {
    prepare(sql: string): Statement;
    exec(sql: string): this;
    pragma(sql: string, options?: { simple?: boolean }): any;
    transaction<F extends (...args: any[]) => any>(run: F): F;
    close(): this;
    readonly name: string;
    readonly open: boolean;
    readonly readonly: boolean;
  }
  interface Module {
    /** The file is always opened for reading only. */
    new (file: string, options?: { readonly?: boolean; fileMustExist?: boolean; timeout?: number }): Database;
    (file: string, options?: object): Database;
    SqliteError: new (message: string, code: string) => Error & { code: string };
  }
}

declare namespace Bcrypt {
  /** Costs above 14 are refused. */
  interface Module {
    compare(password: string | Buffer, hash: string): Promise<boolean>;
    compare(password: string | Buffer, hash: string, callback: (error: Error | null, same: boolean) => void): void;
    compareSync(password: string | Buffer, hash: string): boolean;
    hash(password: string | Buffer, saltOrRounds: string | number): Promise<string>;
    hash(password: string | Buffer, saltOrRounds: string | number, callback: (error: Error | null, hash: string) => void): void;
    hashSync(password: string | Buffer, saltOrRounds: string | number): string;
    genSalt(rounds?: number, minor?: 'a' | 'b'): Promise<string>;
    genSaltSync(rounds?: number, minor?: 'a' | 'b'): string;
    getRounds(hash: string): number;
  }
}

declare namespace NodeCrypto {
  interface Digest {
    update(data: string | ArrayBufferView, encoding?: BufferEncoding): this;
    digest(): Buffer;
    digest(encoding: BufferEncoding): string;
  }
  type Algorithm = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';
  interface Module {
    createHash(algorithm: Algorithm): Digest;
    createHmac(algorithm: Algorithm, key: string | ArrayBufferView): Digest;
    pbkdf2Sync(password: string | ArrayBufferView, salt: string | ArrayBufferView, iterations: number, length: number, algorithm: Algorithm): Buffer;
    pbkdf2(password: string | ArrayBufferView, salt: string | ArrayBufferView, iterations: number, length: number, algorithm: Algorithm, callback: (error: Error | null, key: Buffer) => void): void;
    randomBytes(size: number): Buffer;
    randomUUID(): string;
    timingSafeEqual(a: ArrayBufferView, b: ArrayBufferView): boolean;
  }
}

declare function require(name: 'pg'): Pg.Module;
declare function require(name: 'better-sqlite3'): BetterSqlite3.Module;
declare function require(name: 'bcrypt' | 'bcryptjs'): Bcrypt.Module;
declare function require(name: 'crypto' | 'node:crypto'): NodeCrypto.Module;
declare function require(name: 'assert' | 'buffer' | 'events' | 'querystring' | 'url' | 'util'): any;
declare function require(name: string): any;
