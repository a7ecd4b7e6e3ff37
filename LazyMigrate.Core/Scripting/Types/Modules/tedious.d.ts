declare module 'tedious' {
  export interface DataType { readonly id: number; readonly type: string; readonly name: string }
  export interface ColumnMetadata { colName: string; type: DataType; dataLength?: number; precision?: number; scale?: number; flags: number }
  export interface Column { value: any; metadata: ColumnMetadata }
  /** An array of columns, or with `useColumnNames` an object by name. */
  export type Row = Column[] & { [name: string]: Column };
  export interface ParameterOptions { length?: number; precision?: number; scale?: number; output?: boolean }
  export interface ConnectionOptions {
    database?: string;
    /** 1433 unless given; an instance's name alone is not enough. */
    port?: number;
    /** true unless given; 'strict' is TDS 8. */
    encrypt?: boolean | 'strict';
    trustServerCertificate?: boolean;
    /** The name that the server's certificate carries. */
    serverName?: string;
    connectTimeout?: number;
    requestTimeout?: number;
    rowCollectionOnDone?: boolean;
    rowCollectionOnRequestCompletion?: boolean;
    useColumnNames?: boolean;
    useUTC?: boolean;
    lowerCaseGuids?: boolean;
    camelCaseColumns?: boolean;
    columnNameReplacer?: (name: string, index: number, metadata: ColumnMetadata) => string;
    isolationLevel?: number;
    readOnlyIntent?: boolean;
  }
  export interface ConnectionConfig {
    server: string;
    authentication?: { type: 'default'; options: { userName?: string; password?: string } };
    options?: ConnectionOptions;
    /** Before tedious 4. */
    userName?: string;
    password?: string;
  }

  export class ConnectionError extends Error { code: string }
  export class RequestError extends Error {
    code: string;
    number?: number;
    state?: number;
    class?: number;
    procName?: string;
    lineNumber?: number;
  }

  export class Request {
    constructor(sqlTextOrProcedure: string | undefined, callback: (error: Error | null | undefined, rowCount?: number, rows?: Row[]) => void);
    error?: Error;
    addParameter(name: string, type: DataType, value?: unknown, options?: ParameterOptions): void;
    addOutputParameter(name: string, type: DataType, value?: unknown, options?: ParameterOptions): void;
    makeParamsParameter(parameters: unknown[]): string;
    validateParameters(collation?: unknown, options?: unknown): void;
    pause(): void;
    resume(): void;
    cancel(): void;
    setTimeout(milliseconds?: number): void;
    on(event: 'row', listener: (columns: Row) => void): this;
    on(event: string, listener: (...args: any[]) => void): this;
    once(event: string, listener: (...args: any[]) => void): this;
  }

  export class Connection {
    constructor(config: ConnectionConfig);
    closed: boolean;
    inTransaction: boolean;
    connect(listener?: (error?: Error) => void): void;
    close(): void;
    execSql(request: Request): void;
    execSqlBatch(request: Request): void;
    callProcedure(request: Request): void;
    prepare(request: Request): void;
    execute(request: Request, parameters?: Record<string, unknown>): void;
    unprepare(request: Request): void;
    cancel(): boolean;
    reset(callback: (error?: Error) => void): void;
    beginTransaction(callback: (error?: Error) => void, name?: string, isolationLevel?: number): void;
    commitTransaction(callback: (error?: Error) => void, name?: string): void;
    rollbackTransaction(callback: (error?: Error) => void, name?: string): void;
    saveTransaction(callback: (error?: Error) => void, name: string): void;
    transaction(callback: (error: Error | null, done: (error: Error | null | undefined, end: (error?: Error) => void) => void) => void, isolationLevel?: number): void;
    /** Not available. */
    newBulkLoad(): never;
    /** Not available. */
    execBulkLoad(): never;
    on(event: 'connect', listener: (error?: Error) => void): this;
    on(event: string, listener: (...args: any[]) => void): this;
    once(event: string, listener: (...args: any[]) => void): this;
  }

  /** Not available. */
  export class BulkLoad { private constructor() }
  export const ISOLATION_LEVEL: { NO_CHANGE: 0; READ_UNCOMMITTED: 1; READ_COMMITTED: 2; REPEATABLE_READ: 3; SERIALIZABLE: 4; SNAPSHOT: 5 };
  export const TDS_VERSION: Record<string, number>;
  export const TYPES: Record<
    'TinyInt' | 'Bit' | 'SmallInt' | 'Int' | 'SmallDateTime' | 'Real' | 'Money' | 'DateTime' | 'Float' | 'Decimal' | 'Numeric' | 'SmallMoney' | 'BigInt'
    | 'Image' | 'Text' | 'UniqueIdentifier' | 'NText' | 'VarBinary' | 'VarChar' | 'Binary' | 'Char' | 'NVarChar' | 'NChar' | 'Xml' | 'Time' | 'Date'
    | 'DateTime2' | 'DateTimeOffset' | 'UDT' | 'TVP' | 'Variant', DataType>;
  export function connect(config: ConnectionConfig, listener?: (error?: Error) => void): Connection;
  export const library: { name: string };
}
