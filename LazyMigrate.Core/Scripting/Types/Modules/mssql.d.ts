declare module 'mssql' {
  export interface SqlType { type: unknown; length?: number; precision?: number; scale?: number }
  /** A type, which may be called with its size: `sql.NVarChar`, `sql.NVarChar(50)`, `sql.Decimal(10, 2)`. */
  export interface TypeFactory { (...size: any[]): SqlType; readonly declaration: string }
  export interface Config {
    server: string;
    port?: number;
    user?: string;
    password?: string;
    database?: string;
    connectionTimeout?: number;
    requestTimeout?: number;
    stream?: boolean;
    parseJSON?: boolean;
    arrayRowMode?: boolean;
    pool?: { max?: number; min?: number };
    options?: import('tedious').ConnectionOptions;
  }
  export interface RecordSet<T> extends Array<T> { columns: Record<string, { index: number; name: string; nullable: boolean; type: TypeFactory }>; toTable(name?: string): Table }
  export interface Result<T = any> { recordset: RecordSet<T>; recordsets: RecordSet<any>[]; rowsAffected: number[]; output: Record<string, any>; returnValue?: number }
  export interface TypeMap extends Array<any> { register(jsType: unknown, sqlType: TypeFactory): null }
  type Callback<T> = (error: Error | null, value?: T) => void;

  export class MSSQLError extends Error { code: string; originalError?: Error }
  export class ConnectionError extends MSSQLError {}
  export class TransactionError extends MSSQLError {}
  export class PreparedStatementError extends MSSQLError {}
  export class RequestError extends MSSQLError { number?: number; state?: number; class?: number; lineNumber?: number; procName?: string; precedingErrors?: Error[] }

  export class ConnectionPool {
    constructor(config: Config | string, callback?: Callback<void>);
    connected: boolean;
    static parseConnectionString(text: string): Config;
    connect(): Promise<ConnectionPool>;
    connect(callback: Callback<ConnectionPool>): ConnectionPool;
    acquire(requester: unknown, callback?: Callback<unknown>): any;
    release(connection: unknown): this;
    close(callback?: Callback<void>): Promise<ConnectionPool>;
    request(config?: { requestTimeout?: number }): Request;
    transaction(config?: { requestTimeout?: number }): Transaction;
    query(command: string | TemplateStringsArray, ...values: any[]): Promise<Result>;
    batch(command: string | TemplateStringsArray, ...values: any[]): Promise<Result>;
    on(event: string, listener: (...args: any[]) => void): this;
    readonly connecting: any;
    readonly healthy: any;
    readonly size: any;
    readonly available: any;
    readonly pending: any;
    readonly borrowed: any;
  }

  export class Request {
    constructor(parent?: ConnectionPool | Transaction | PreparedStatement, overrides?: { requestTimeout?: number });
    stream: boolean | null;
    arrayRowMode: boolean | null;
    template(strings: TemplateStringsArray, ...values: unknown[]): string;
    input(name: string, value: unknown): this;
    input(name: string, type: TypeFactory | SqlType, value: unknown): this;
    replaceInput(name: string, type: unknown, value?: unknown): this;
    output(name: string, type: TypeFactory | SqlType, value?: unknown): this;
    replaceOutput(name: string, type: TypeFactory | SqlType, value?: unknown): this;
    query(command: string | TemplateStringsArray, ...values: any[]): Promise<Result>;
    batch(command: string | TemplateStringsArray, ...values: any[]): Promise<Result>;
    execute(procedure: string, callback?: Callback<Result>): Promise<Result>;
    /** Not available. */
    bulk(): never;
    /** Not available. */
    toReadableStream(): never;
    cancel(): boolean;
    pause(): boolean;
    resume(): boolean;
    on(event: string, listener: (...args: any[]) => void): this;
    readonly paused: any;
  }

  export class Transaction {
    constructor(parent?: ConnectionPool, overrides?: { requestTimeout?: number });
    isolationLevel: number;
    acquire(requester: unknown, callback: Callback<unknown>): this;
    begin(isolationLevel?: number | Callback<void>, callback?: Callback<void>): Promise<Transaction>;
    commit(callback?: Callback<void>): Promise<void>;
    rollback(callback?: Callback<void>): Promise<void>;
    request(config?: { requestTimeout?: number }): Request;
    on(event: string, listener: (...args: any[]) => void): this;
    readonly config: any;
    readonly connected: any;
    release(...args: any[]): any;
  }

  export class PreparedStatement {
    constructor(parent?: ConnectionPool | Transaction, overrides?: { requestTimeout?: number });
    prepared: boolean;
    statement: string;
    acquire(requester: unknown, callback: Callback<unknown>): this;
    input(name: string, type: TypeFactory | SqlType): this;
    output(name: string, type: TypeFactory | SqlType): this;
    replaceInput(name: string, type: TypeFactory | SqlType): this;
    replaceOutput(name: string, type: TypeFactory | SqlType): this;
    prepare(statement: string, callback?: Callback<void>): Promise<PreparedStatement>;
    execute(values: Record<string, unknown>, callback?: Callback<Result>): Promise<Result>;
    unprepare(callback?: Callback<void>): Promise<void>;
    readonly config: any;
    readonly connected: any;
    release(...args: any[]): any;
  }

  export class Table {
    constructor(name?: string);
    static fromRecordset(recordset: RecordSet<any>, name?: string): Table;
    columns: { add(name: string, type: TypeFactory | SqlType, options?: object): number } & any[];
    rows: { add(...values: unknown[]): number; clear(): void } & any[];
  }

  export const ISOLATION_LEVEL: Record<'READ_UNCOMMITTED' | 'READ_COMMITTED' | 'REPEATABLE_READ' | 'SERIALIZABLE' | 'SNAPSHOT', number>;
  export const TYPES: Record<string, TypeFactory>;
  export const MAX: number;
  export const map: TypeMap;
  export const valueHandler: Map<TypeFactory, (value: any) => any>;
  export function getTypeByValue(value: unknown): TypeFactory;
  export function connect(config: Config | string): Promise<ConnectionPool>;
  export function connect(config: Config | string, callback: Callback<ConnectionPool>): ConnectionPool;
  export function close(callback?: Callback<void>): Promise<void>;
  export function on(event: string, handler: (...args: any[]) => void): ConnectionPool | null;
  export function off(event: string, handler: (...args: any[]) => void): ConnectionPool | null;
  export function removeListener(event: string, handler: (...args: any[]) => void): ConnectionPool | null;
  export function query(command: string | TemplateStringsArray, ...values: any[]): Promise<Result>;
  export function batch(command: string | TemplateStringsArray, ...values: any[]): Promise<Result>;
  const PromiseClass: PromiseConstructor;
  export { PromiseClass as Promise };

  export const VarChar: TypeFactory, NVarChar: TypeFactory, Text: TypeFactory, Int: TypeFactory, BigInt: TypeFactory, TinyInt: TypeFactory, SmallInt: TypeFactory,
    Bit: TypeFactory, Float: TypeFactory, Numeric: TypeFactory, Decimal: TypeFactory, Real: TypeFactory, Date: TypeFactory, DateTime: TypeFactory,
    DateTime2: TypeFactory, DateTimeOffset: TypeFactory, SmallDateTime: TypeFactory, Time: TypeFactory, UniqueIdentifier: TypeFactory, SmallMoney: TypeFactory,
    Money: TypeFactory, Binary: TypeFactory, VarBinary: TypeFactory, Image: TypeFactory, Xml: TypeFactory, Char: TypeFactory, NChar: TypeFactory, NText: TypeFactory,
    TVP: TypeFactory, UDT: TypeFactory, Geography: TypeFactory, Geometry: TypeFactory, Variant: TypeFactory;
  export const VARCHAR: TypeFactory, NVARCHAR: TypeFactory, TEXT: TypeFactory, INT: TypeFactory, BIGINT: TypeFactory, TINYINT: TypeFactory, SMALLINT: TypeFactory, BIT: TypeFactory, FLOAT: TypeFactory, NUMERIC: TypeFactory, DECIMAL: TypeFactory, REAL: TypeFactory, DATE: TypeFactory, DATETIME: TypeFactory, DATETIME2: TypeFactory, DATETIMEOFFSET: TypeFactory, SMALLDATETIME: TypeFactory, TIME: TypeFactory, UNIQUEIDENTIFIER: TypeFactory, SMALLMONEY: TypeFactory, MONEY: TypeFactory, BINARY: TypeFactory, VARBINARY: TypeFactory, IMAGE: TypeFactory, XML: TypeFactory, CHAR: TypeFactory, NCHAR: TypeFactory, NTEXT: TypeFactory, GEOGRAPHY: TypeFactory, GEOMETRY: TypeFactory, VARIANT: TypeFactory;
}
