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
  /** Only those that the custom database's settings allow are taken over. */
  roles?: string[] | null;
  /** The secret of the person's authenticator app moves with them; other second factors do not. */
  mfa_factors?: Array<{ totp?: { secret: string }; [kind: string]: unknown }> | null;
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
  readonly env: typeof env;
  readonly argv: string[];
  readonly platform: string;
  readonly version: string;
  readonly versions: Record<string, string>;
  readonly arch: string;
  readonly pid: number;
  cwd(): string;
  uptime(): number;
  hrtime: { (since?: [number, number]): [number, number]; bigint(): bigint };
  nextTick(callback: (...args: any[]) => void, ...args: any[]): void;
  /** Not available: it throws. */
  exit(code?: number): never;
  on(event: string, listener: (...args: any[]) => void): any;
  [member: string]: any;
};
declare const global: typeof globalThis & { [name: string]: any };
declare const module: { exports: any };
declare let exports: any;
/** A module that is built in, or a package that was added under Modules: `require('pg')`, `require('pg@8.11.0')`, `require('node:crypto')`. */
declare function require(name: string): any;

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

/** What is written here is shown beside a test run; passwords are masked. */
interface Console {
  debug(...values: any[]): void;
  log(...values: any[]): void;
  info(...values: any[]): void;
  warn(...values: any[]): void;
  error(...values: any[]): void;
  trace(...values: any[]): void;
  dir(value: any, options?: any): void;
  table(rows: any, columns?: string[]): void;
  assert(condition: any, ...values: any[]): void;
  count(label?: string): void;
  countReset(label?: string): void;
  group(...values: any[]): void;
  groupCollapsed(...values: any[]): void;
  groupEnd(): void;
  time(label?: string): void;
  timeLog(label?: string, ...values: any[]): void;
  timeEnd(label?: string): void;
}
declare const console: Console;

interface Timeout { ref(): this; unref(): this; hasRef(): boolean; refresh(): this; }
declare function setTimeout(callback: (...args: any[]) => void, milliseconds?: number, ...args: any[]): Timeout;
declare function setInterval(callback: (...args: any[]) => void, milliseconds?: number, ...args: any[]): Timeout;
declare function setImmediate(callback: (...args: any[]) => void, ...args: any[]): Timeout;
declare function clearTimeout(timer?: any): void;
declare function clearInterval(timer?: any): void;
declare function clearImmediate(timer?: any): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T, options?: any): T;
declare const performance: { now(): number; readonly timeOrigin: number; toJSON(): any };
declare class AbortSignal {
  static abort(reason?: any): AbortSignal;
  static timeout(milliseconds: number): AbortSignal;
  static any(signals: Iterable<AbortSignal>): AbortSignal;
  readonly aborted: boolean;
  readonly reason: any;
  onabort: any;
  throwIfAborted(): void;
  addEventListener(event: 'abort', listener: (...args: any[]) => void, options?: any): void;
  removeEventListener(event: 'abort', listener: (...args: any[]) => void): void;
}
declare class AbortController { readonly signal: AbortSignal; abort(reason?: any): void; }
type HeadersInit = Headers | Record<string, any> | Iterable<[string, string]>;
declare class Headers {
  constructor(init?: HeadersInit);
  append(name: string, value: string): void;
  set(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  has(name: string): boolean;
  getSetCookie(): string[];
  /** As in node-fetch 2. */
  raw(): Record<string, string[]>;
  forEach(callback: (value: string, name: string, headers: Headers) => void, self?: any): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}
interface RequestInit {
  method?: string;
  headers?: HeadersInit;
  body?: any;
  redirect?: 'follow' | 'manual' | 'error';
  signal?: AbortSignal | null;
  [option: string]: any;
}
declare class Blob {
  constructor(parts?: Iterable<any>, options?: { type?: string });
  readonly size: number;
  readonly type: string;
  text(): Promise<string>;
  bytes(): Promise<Uint8Array>;
  arrayBuffer(): Promise<ArrayBuffer>;
  slice(start?: number, end?: number, type?: string): Blob;
}
declare class File extends Blob {
  constructor(parts: Iterable<any>, name: string, options?: { type?: string; lastModified?: number });
  readonly name: string;
  readonly lastModified: number;
}
declare class FormData {
  append(name: string, value: any, filename?: string): void;
  set(name: string, value: any, filename?: string): void;
  get(name: string): string | File | null;
  getAll(name: string): (string | File)[];
  has(name: string): boolean;
  delete(name: string): void;
  forEach(callback: (value: string | File, name: string, form: FormData) => void, self?: any): void;
  entries(): IterableIterator<[string, string | File]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string | File>;
  [Symbol.iterator](): IterableIterator<[string, string | File]>;
}
interface Body {
  readonly body: any;
  readonly bodyUsed: boolean;
  text(): Promise<string>;
  json(): Promise<any>;
  bytes(): Promise<Uint8Array>;
  arrayBuffer(): Promise<ArrayBuffer>;
  blob(): Promise<Blob>;
  /** As in node-fetch 2. */
  buffer(): Promise<Buffer>;
}
interface Request extends Body {}
declare class Request {
  constructor(input: string | URL | Request, init?: RequestInit);
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly redirect: string;
  readonly signal: AbortSignal | null;
  clone(): Request;
}
interface Response extends Body {}
declare class Response {
  constructor(body?: any, init?: { status?: number; statusText?: string; headers?: HeadersInit });
  static json(data: any, init?: object): Response;
  readonly status: number;
  readonly ok: boolean;
  readonly statusText: string;
  readonly headers: Headers;
  readonly url: string;
  readonly redirected: boolean;
  readonly type: string;
  clone(): Response;
}
/** Only allowed hosts; at most 5 redirects, 10 s and 1 MiB. */
declare function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;

declare function atob(text: string): string;
declare function btoa(text: string): string;
declare class DOMException extends Error { constructor(message?: string, name?: string); readonly code: number; }

type BufferEncoding = 'utf8' | 'utf-8' | 'hex' | 'base64' | 'base64url' | 'latin1' | 'binary' | 'ascii' | 'utf16le' | 'ucs2' | (string & {});
/** Node's Buffer: https://nodejs.org/api/buffer.html */
interface Buffer extends Uint8Array {
  toString(encoding?: BufferEncoding, start?: number, end?: number): string;
  equals(other: Uint8Array): boolean;
  compare(other: Uint8Array, ...range: number[]): -1 | 0 | 1;
  slice(start?: number, end?: number): Buffer;
  subarray(start?: number, end?: number): Buffer;
  write(text: string, ...offsetLengthAndEncoding: any[]): number;
  copy(target: Uint8Array, targetStart?: number, start?: number, end?: number): number;
  toJSON(): { type: 'Buffer'; data: number[] };
  /** readUInt32LE, writeInt16BE, swap16, … */
  [member: string]: any;
}
interface BufferConstructor {
  new (value: any, encoding?: any, length?: number): Buffer;
  (value: any, encoding?: any, length?: number): Buffer;
  readonly prototype: Buffer;
  from(text: any, encoding?: BufferEncoding | number, length?: number): Buffer;
  of(...bytes: number[]): Buffer;
  alloc(size: number, fill?: string | number | Uint8Array, encoding?: BufferEncoding): Buffer;
  allocUnsafe(size: number): Buffer;
  allocUnsafeSlow(size: number): Buffer;
  concat(list: readonly Uint8Array[], totalLength?: number): Buffer;
  byteLength(value: string | ArrayBuffer | ArrayBufferView, encoding?: BufferEncoding): number;
  compare(a: Uint8Array, b: Uint8Array): -1 | 0 | 1;
  isBuffer(value: any): value is Buffer;
  isEncoding(encoding: any): boolean;
  poolSize: number;
}
declare const Buffer: BufferConstructor;
declare class TextEncoder { readonly encoding: string; encode(text?: string): Uint8Array; encodeInto(text: string, target: Uint8Array): { read: number; written: number }; }
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  readonly fatal: boolean;
  decode(data?: ArrayBuffer | ArrayBufferView, options?: any): string;
}
declare class URLSearchParams {
  constructor(init?: string | Record<string, any> | Iterable<[string, string]> | URLSearchParams);
  readonly size: number;
  append(name: string, value: any): void;
  delete(name: string, value?: any): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: any): boolean;
  set(name: string, value: any): void;
  sort(): void;
  forEach(callback: (value: string, name: string, params: URLSearchParams) => void, self?: any): void;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  entries(): IterableIterator<[string, string]>;
  toString(): string;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}
declare class URL {
  constructor(url: string | URL, base?: string | URL);
  static canParse(url: string, base?: string | URL): boolean;
  static parse(url: string, base?: string | URL): URL | null;
  href: string;
  readonly origin: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  readonly searchParams: URLSearchParams;
  hash: string;
  toString(): string;
  toJSON(): string;
}

// What the engine has beyond the libraries of the editor's TypeScript.
interface ErrorOptions { cause?: any; }
interface ErrorConstructor { new (message?: string, options?: ErrorOptions): Error; (message?: string, options?: ErrorOptions): Error; captureStackTrace(target: object, type?: any): void; stackTraceLimit: number; }
/** Drivers and scripts hang their own fields on errors. */
interface Error { cause?: any; code?: any; [field: string]: any; }
interface ObjectConstructor { hasOwn(value: object, key: PropertyKey): boolean; groupBy(values: Iterable<any>, by: (value: any, index: number) => PropertyKey): any; }
interface String { at(index: number): string | undefined; isWellFormed(): boolean; toWellFormed(): string; }
interface Array<T> {
  at(index: number): T | undefined;
  findLast(test: (value: T, index: number, list: T[]) => any): T | undefined;
  findLastIndex(test: (value: T, index: number, list: T[]) => any): number;
  toSorted(compare?: (a: T, b: T) => number): T[];
  toReversed(): T[];
  toSpliced(start: number, count?: number, ...values: T[]): T[];
  with(index: number, value: T): T[];
}
interface PromiseConstructor { withResolvers<T = any>(): { promise: Promise<T>; resolve(value?: any): void; reject(error?: any): void }; try(action: (...args: any[]) => any, ...args: any[]): Promise<any>; }
