/** https://sidorares.github.io/node-mysql2/docs. One statement a call; the connection is always UTF-8. */
declare module 'mysql2' {
  import * as mysql from 'mysql';
  export interface ConnectionOptions extends mysql.ConnectionConfig {
    uri?: string;
    namedPlaceholders?: boolean;
    rowsAsArray?: boolean;
    nestTables?: boolean | string;
    decimalNumbers?: boolean;
    jsonStrings?: boolean;
  }
  export interface PoolOptions extends ConnectionOptions { connectionLimit?: number; waitForConnections?: boolean; queueLimit?: number; }
  /** What a statement that gives no rows gives. changedRows counts the rows that an UPDATE found. */
  export interface ResultSetHeader { affectedRows: number; insertId: number; changedRows: number; warningStatus: number; info: string; }
  export interface QueryOptions extends mysql.QueryOptions { rowsAsArray?: boolean; namedPlaceholders?: boolean; }
  export type QueryCallback = (error: mysql.MysqlError | null, results?: any, fields?: any[]) => void;
  export interface Queryable {
    query(sql: string | QueryOptions, callback?: QueryCallback): mysql.Query;
    query(sql: string | QueryOptions, values: any, callback?: QueryCallback): mysql.Query;
    execute(sql: string | QueryOptions, callback?: QueryCallback): mysql.Query;
    execute(sql: string | QueryOptions, values: any, callback?: QueryCallback): mysql.Query;
    format(sql: string, values?: any): string;
    escape(value: any): string;
    escapeId(value: string | string[]): string;
    on(event: string, listener: (...args: any[]) => void): this;
  }
  export interface PreparedStatement { execute(values: any[], callback: QueryCallback): mysql.Query; close(): void; }
  export class Connection {
    readonly state: string;
    readonly config: any;
    readonly threadId: number | null;
    static createQuery(sql: string | QueryOptions, values?: any, callback?: QueryCallback): mysql.Query;
    query: Queryable['query'];
    execute: Queryable['execute'];
    on: Queryable['on'];
    connect(callback?: (error: mysql.MysqlError | null) => void): void;
    prepare(sql: string | QueryOptions, callback: (error: mysql.MysqlError | null, statement: PreparedStatement) => void): any;
    unprepare(sql: string): void;
    beginTransaction(callback: (error: mysql.MysqlError | null) => void): any;
    commit(callback: (error: mysql.MysqlError | null) => void): any;
    rollback(callback: (error: mysql.MysqlError | null) => void): any;
    ping(callback?: (error?: mysql.MysqlError) => void): any;
    reset(callback?: (error?: mysql.MysqlError) => void): any;
    changeUser(options: ConnectionOptions, callback?: (error?: mysql.MysqlError) => void): any;
    end(callback?: (error?: mysql.MysqlError) => void): any;
    close(): void;
    destroy(): void;
    pause(): void;
    resume(): void;
    format(sql: string, values?: any): string;
    escape(value: any): string;
    escapeId(value: string | string[]): string;
    raw(sql: string): { toSqlString(): string };
    promise(implementation?: any): import('mysql2/promise').Connection;
  }
  export class PoolConnection extends Connection { release(): void; end(callback?: () => void): void; destroy(): void; promise(implementation?: any): import('mysql2/promise').PoolConnection; }
  export class Pool {
    query: Queryable['query'];
    execute(sql: string | QueryOptions, values: any, callback: QueryCallback): void;
    on: Queryable['on'];
    getConnection(callback: (error: mysql.MysqlError | null, connection: PoolConnection) => void): void;
    releaseConnection(connection: PoolConnection): void;
    end(callback?: (error?: mysql.MysqlError) => void): void;
    format(sql: string, values?: any): string;
    escape(value: any): string;
    escapeId(value: string | string[]): string;
    promise(implementation?: any): import('mysql2/promise').PromisePool;
  }
  export class ConnectionConfig { constructor(options: string | ConnectionOptions); }
  export function createConnection(config: string | ConnectionOptions): Connection;
  export function connect(config: string | ConnectionOptions): Connection;
  export function createPool(config: string | PoolOptions): Pool;
  /** Not available: it throws. */
  export function createPoolCluster(): never;
  export function createQuery(sql: string | QueryOptions, values?: any, callback?: QueryCallback): mysql.Query;
  export function escape(value: any, stringifyObjects?: boolean, timeZone?: string): string;
  export function escapeId(value: string | string[], forbidQualified?: boolean): string;
  export function format(sql: string, values?: any, stringifyObjects?: boolean, timeZone?: string): string;
  export function raw(sql: string): { toSqlString(): string };
  export const Types: Record<string, any>;
  export const createConnectionPromise: typeof import('mysql2/promise').createConnection;
  export const createPoolPromise: typeof import('mysql2/promise').createPool;
}
declare module 'mysql2/promise' {
  import { ConnectionOptions, PoolOptions, QueryOptions } from 'mysql2';
  type Result = Promise<[any, any[] | undefined]>;
  export class Connection {
    readonly config: any;
    readonly threadId: number | null;
    query(sql: string | QueryOptions, values?: any): Result;
    execute(sql: string | QueryOptions, values?: any): Result;
    prepare(sql: string | QueryOptions): Promise<{ execute(values?: any[]): Result; close(): Promise<void> }>;
    unprepare(sql: string): void;
    connect(): Promise<any>;
    beginTransaction(): Result;
    commit(): Result;
    rollback(): Result;
    ping(): Promise<boolean>;
    reset(): Promise<void>;
    changeUser(options: ConnectionOptions): Promise<void>;
    release(): void;
    end(): Promise<void>;
    close(): void;
    destroy(): void;
    pause(): void;
    resume(): void;
    format(sql: string, values?: any): string;
    escape(value: any): string;
    escapeId(value: string | string[]): string;
    on(event: string, listener: (...args: any[]) => void): this;
  }
  export class PoolConnection extends Connection { destroy(): void; }
  export class PromisePool {
    getConnection(): Promise<PoolConnection>;
    releaseConnection(connection: PoolConnection): void;
    query(sql: string | QueryOptions, values?: any): Result;
    execute(sql: string | QueryOptions, values?: any): Result;
    end(): Promise<void>;
    format(sql: string, values?: any): string;
    escape(value: any): string;
    escapeId(value: string | string[]): string;
    on(event: string, listener: (...args: any[]) => void): this;
  }
  export const PromiseConnection: typeof Connection;
  export const PromisePoolConnection: typeof PoolConnection;
  export function createConnection(config: string | ConnectionOptions): Promise<Connection>;
  export function createPool(config: string | PoolOptions): PromisePool;
  /** Not available: it throws. */
  export function createPoolCluster(): never;
  export function escape(value: any, stringifyObjects?: boolean, timeZone?: string): string;
  export function escapeId(value: string | string[], forbidQualified?: boolean): string;
  export function format(sql: string, values?: any, stringifyObjects?: boolean, timeZone?: string): string;
  export function raw(sql: string): { toSqlString(): string };
  export const Types: Record<string, any>;
}
