/** https://github.com/mysqljs/mysql. One statement a call; the connection is always UTF-8. */
declare module 'mysql' {
  export interface ConnectionConfig {
    host?: string;
    port?: number | string;
    user?: string;
    password?: string;
    database?: string;
    ssl?: boolean | { ca?: string; rejectUnauthorized?: boolean; cert?: string; key?: string; passphrase?: string; servername?: string };
    connectTimeout?: number;
    supportBigNumbers?: boolean;
    bigNumberStrings?: boolean;
    dateStrings?: boolean | string[];
    timezone?: string;
    stringifyObjects?: boolean;
    typeCast?: boolean | ((field: Field, next: () => any) => any);
    queryFormat?: (sql: string, values: any) => string;
  }
  export interface PoolConfig extends ConnectionConfig { connectionLimit?: number; waitForConnections?: boolean; queueLimit?: number; }
  export interface Field { db: string; table: string; name: string; type: string; length: number; string(): string | null; buffer(): Buffer | null; geometry(): any; }
  export interface QueryOptions { sql: string; values?: any; nestTables?: boolean | string; typeCast?: ConnectionConfig['typeCast']; timeout?: number; }
  export interface MysqlError extends Error { code: string; errno: number; sqlState?: string; sqlMessage?: string; sql?: string; fatal?: boolean; }
  /** What a statement that gives no rows gives. changedRows counts the rows that an UPDATE found. */
  export interface OkPacket { affectedRows: number; insertId: number; changedRows: number; warningCount: number; }
  export type QueryCallback = (error: MysqlError | null, results?: any, fields?: any[]) => void;
  export interface Query { on(event: 'result' | 'fields' | 'error' | 'end', listener: (...args: any[]) => void): this; stream(): any; }
  export interface Queryable {
    query(sql: string | QueryOptions, callback?: QueryCallback): Query;
    query(sql: string | QueryOptions, values: any, callback?: QueryCallback): Query;
    escape(value: any): string;
    escapeId(value: string | string[]): string;
    on(event: string, listener: (...args: any[]) => void): this;
  }
  export interface Connection extends Queryable {
    readonly state: string;
    readonly threadId: number | null;
    connect(callback?: (error: MysqlError | null) => void): void;
    beginTransaction(callback: (error: MysqlError | null) => void): void;
    commit(callback: (error: MysqlError | null) => void): void;
    rollback(callback: (error: MysqlError | null) => void): void;
    ping(callback: (error: MysqlError | null) => void): void;
    format(sql: string, values?: any): string;
    end(callback?: (error?: MysqlError) => void): void;
    destroy(): void;
  }
  export interface PoolConnection extends Connection { release(): void; }
  export interface Pool extends Queryable {
    getConnection(callback: (error: MysqlError | null, connection: PoolConnection) => void): void;
    end(callback?: (error?: MysqlError) => void): void;
  }
  export function createConnection(config: string | ConnectionConfig): Connection;
  export function createPool(config: string | PoolConfig): Pool;
  /** Not available: it throws. */
  export function createPoolCluster(): never;
  export function createQuery(sql: string | QueryOptions, values?: any, callback?: QueryCallback): Query;
  export function escape(value: any, stringifyObjects?: boolean, timeZone?: string): string;
  export function escapeId(value: string | string[], forbidQualified?: boolean): string;
  export function format(sql: string, values?: any, stringifyObjects?: boolean, timeZone?: string): string;
  export function raw(sql: string): { toSqlString(): string };
  export const Types: Record<string, any>;
}
