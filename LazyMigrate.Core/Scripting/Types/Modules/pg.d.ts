/** https://node-postgres.com. Connections come from a pool of the server, whoever asks for them. */
declare module 'pg' {
  import EventEmitter = require('events');
  export interface ClientConfig {
    connectionString?: string;
    host?: string;
    port?: number | string;
    user?: string;
    password?: string;
    database?: string;
    /** `true`, or what Node's tls.connect takes. */
    ssl?: boolean | { rejectUnauthorized?: boolean; ca?: string | Buffer; cert?: string | Buffer; key?: string | Buffer; passphrase?: string; servername?: string };
    connectionTimeoutMillis?: number;
    statement_timeout?: number;
    query_timeout?: number;
    application_name?: string;
    types?: any;
  }
  /** `max`: connections at once. */
  export interface PoolConfig extends ClientConfig { max?: number; min?: number; idleTimeoutMillis?: number; }
  export interface QueryConfig { text: string; values?: any[]; name?: string; rowMode?: 'array'; types?: any; }
  export interface FieldDef { name: string; dataTypeID: number; tableID: number; columnID: number; dataTypeSize: number; dataTypeModifier: number; format: string; }
  /** bigint and numeric are strings, dates are Date, json is parsed, bytea is a Buffer. */
  export interface QueryResult<Row = any> { rows: Row[]; rowCount: number | null; fields: FieldDef[]; command: string; oid: number | null; }
  type QueryCallback<Row = any> = (error: any, result: QueryResult<Row>) => void;
  interface Queryable {
    query<Row = any>(text: string | QueryConfig, values?: any[]): Promise<QueryResult<Row>>;
    query<Row = any>(text: string | QueryConfig, callback: QueryCallback<Row>): void;
    query<Row = any>(text: string | QueryConfig, values: any[], callback: QueryCallback<Row>): void;
  }
  export class Client extends EventEmitter {
    constructor(config?: string | ClientConfig);
    connect(): Promise<void>;
    connect(callback: (error: any) => void): void;
    query: Queryable['query'];
    end(): Promise<void>;
    end(callback: (error?: any) => void): void;
    escapeIdentifier(name: string): string;
    escapeLiteral(text: string): string;
    ref(): void;
    unref(): void;
  }
  export interface PoolClient extends Client { release(destroy?: boolean | Error): void; }
  export class Pool extends EventEmitter {
    constructor(config?: PoolConfig);
    readonly options: PoolConfig;
    readonly totalCount: number;
    readonly idleCount: number;
    readonly waitingCount: number;
    connect(): Promise<PoolClient>;
    connect(callback: (error: any, client: PoolClient, done: (destroy?: any) => void) => void): void;
    query: Queryable['query'];
    end(): Promise<void>;
    end(callback: () => void): void;
  }
  /** A query whose rows come as events: `row`, `end`, `error`. */
  export class Query { constructor(text: string | QueryConfig, ...valuesAndCallback: any[]); on(event: string, listener: (...args: any[]) => void): this; [member: string]: any; }
  export class Result { addRow(row: any): void; [member: string]: any; }
  /** What the server refuses; `code` is the SQLSTATE. */
  export class DatabaseError extends Error { code: string; severity: string; detail?: string; hint?: string; position?: string; table?: string; column?: string; constraint?: string; }
  export const types: typeof import('pg-types');
  export const defaults: Record<string, any>;
  export function escapeIdentifier(name: string): string;
  export function escapeLiteral(text: string): string;
  /** As before version 7: a client of a pool. */
  export function connect(config: string | ClientConfig, callback: (error: any, client: PoolClient, done: (destroy?: any) => void) => void): void;
  export function end(): void;
}
