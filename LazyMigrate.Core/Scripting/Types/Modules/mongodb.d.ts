// The npm package mongodb as scripts have it. Callbacks of versions 2 and 3 work beside promises.
declare module 'mongodb' {
  type Document = Record<string, any>;
  type Callback<T> = (error: any, result: T) => void;
  export class MongoClient {
    constructor(uri: string, options?: Document);
    static connect(uri: string, options?: Document): Promise<MongoClient>;
    static connect(uri: string, options: Document, callback: Callback<any>): void;
    static connect(uri: string, callback: Callback<any>): void;
    connect(): Promise<this>;
    db(name?: string): Db;
    isConnected(): boolean;
    close(force?: boolean): Promise<void>;
    logout(...args: any[]): any;
    startSession(...args: any[]): any;
    withSession(...args: any[]): any;
    watch(...args: any[]): any;
  }
  export class Db {
    readonly databaseName: string;
    collection(name: string): Collection;
    command(command: Document): Promise<Document>;
    admin(): Admin;
    aggregate(pipeline: Document[]): AggregationCursor;
    listCollections(filter?: Document, options?: Document): ListCollectionsCursor;
    collections(): Promise<Collection[]>;
    readonly namespace: any;
    executeDbAdminCommand(...args: any[]): any;
    createCollection(...args: any[]): any;
    dropCollection(...args: any[]): any;
    dropDatabase(...args: any[]): any;
    stats(...args: any[]): any;
    createIndex(...args: any[]): any;
    watch(...args: any[]): any;
  }
  export class Admin { ping(): Promise<Document>; buildInfo(): Promise<Document>; command(command: Document): Promise<Document>; serverInfo(...args: any[]): any; serverStatus(...args: any[]): any; listDatabases(...args: any[]): any; replSetGetStatus(...args: any[]): any; }
  export class Collection {
    readonly collectionName: string;
    find(filter?: Document, options?: Document): FindCursor;
    findOne(filter?: Document, options?: Document): Promise<Document | null>;
    findOne(filter: Document, callback: Callback<Document | null>): void;
    findOne(filter: Document, options: Document, callback: Callback<Document | null>): void;
    countDocuments(filter?: Document, options?: Document): Promise<number>;
    estimatedDocumentCount(): Promise<number>;
    distinct(key: string, filter?: Document): Promise<any[]>;
    aggregate(pipeline?: Document[], options?: Document): AggregationCursor;
    insertOne(document: Document): Promise<{ acknowledged: boolean; insertedId: any }>;
    insertMany(documents: Document[], options?: Document): Promise<{ acknowledged: boolean; insertedCount: number; insertedIds: Record<number, any> }>;
    updateOne(filter: Document, update: Document, options?: Document): Promise<{ acknowledged: boolean; matchedCount: number; modifiedCount: number; upsertedCount: number; upsertedId: any }>;
    updateMany(filter: Document, update: Document, options?: Document): Promise<{ acknowledged: boolean; matchedCount: number; modifiedCount: number; upsertedCount: number; upsertedId: any }>;
    replaceOne(filter: Document, replacement: Document, options?: Document): Promise<{ acknowledged: boolean; matchedCount: number; modifiedCount: number; upsertedCount: number; upsertedId: any }>;
    deleteOne(filter?: Document): Promise<{ acknowledged: boolean; deletedCount: number }>;
    deleteMany(filter?: Document): Promise<{ acknowledged: boolean; deletedCount: number }>;
    findOneAndUpdate(filter: Document, update: Document, options?: Document): Promise<Document | null>;
    readonly dbName: any;
    readonly namespace: any;
    /** Old names, of versions 2 and 3. */
    insert(...args: any[]): any;
    update(...args: any[]): any;
    remove(...args: any[]): any;
    save(...args: any[]): any;
    count(...args: any[]): any;
    findAndModify(...args: any[]): any;
    findAndRemove(...args: any[]): any;
    ensureIndex(...args: any[]): any;
    removeOne(...args: any[]): any;
    removeMany(...args: any[]): any;
    bulkWrite(...args: any[]): any;
    findOneAndReplace(...args: any[]): any;
    findOneAndDelete(...args: any[]): any;
    createIndex(...args: any[]): any;
    listIndexes(...args: any[]): any;
    indexes(...args: any[]): any;
    dropIndex(...args: any[]): any;
    drop(...args: any[]): any;
    rename(...args: any[]): any;
    watch(...args: any[]): any;
    mapReduce(...args: any[]): any;
  }
  export class AbstractCursor implements AsyncIterable<Document> {
    next(): Promise<Document | null>;
    hasNext(): Promise<boolean>;
    toArray(): Promise<Document[]>;
    toArray(callback: Callback<Document[]>): void;
    forEach(iterator: (document: Document) => boolean | void): Promise<void>;
    map(transform: (document: Document) => any): this;
    close(): Promise<void>;
    [Symbol.asyncIterator](): AsyncIterator<Document>;
    readonly closed: any;
    readonly killed: any;
    readonly id: any;
    readonly namespace: any;
    isClosed(...args: any[]): any;
    bufferedCount(...args: any[]): any;
    set(...args: any[]): any;
    tryNext(...args: any[]): any;
    each(...args: any[]): any;
    stream(...args: any[]): any;
    on(...args: any[]): any;
    readBufferedDocuments(...args: any[]): any;
    rewind(...args: any[]): any;
    addCursorFlag(...args: any[]): any;
    setReadPreference(...args: any[]): any;
    withReadPreference(...args: any[]): any;
    withReadConcern(...args: any[]): any;
    maxTimeMS(...args: any[]): any;
    batchSize(...args: any[]): any;
    comment(...args: any[]): any;
    collation(...args: any[]): any;
    hint(...args: any[]): any;
    common(...args: any[]): any;
  }
  export class FindCursor extends AbstractCursor {
    sort(by: any, direction?: any): this;
    limit(count: number): this;
    skip(count: number): this;
    project(fields: Document): this;
    count(): Promise<number>;
    begin(...args: any[]): any;
    filter(...args: any[]): any;
    min(...args: any[]): any;
    max(...args: any[]): any;
    allowDiskUse(...args: any[]): any;
    clone(...args: any[]): any;
    explain(...args: any[]): any;
  }
  export class Cursor extends FindCursor {}
  export class AggregationCursor extends AbstractCursor { begin(...args: any[]): any; match(stage: Document): this; sort(stage: Document): this; project(stage: Document): this; limit(count: number): this; addStage(...args: any[]): any; get(...args: any[]): any; group(...args: any[]): any; out(...args: any[]): any; lookup(...args: any[]): any; redact(...args: any[]): any; skip(...args: any[]): any; unwind(...args: any[]): any; geoNear(...args: any[]): any; }
  export class ListCollectionsCursor extends AbstractCursor { begin(...args: any[]): any; }
  export class ListIndexesCursor extends AbstractCursor { begin(...args: any[]): any; }
  export class ObjectId {
    constructor(id?: string | number | Uint8Array | ObjectId);
    static isValid(id: any): boolean;
    static createFromHexString(hex: string): ObjectId;
    toHexString(): string;
    toString(): string;
    equals(other: any): boolean;
    getTimestamp(): Date;
    readonly id: Buffer;
    readonly generationTime: number;
    toJSON(): string;
    inspect(): string;
  }
  export class ObjectID extends ObjectId {}
  export class ReadPreference { constructor(mode: string); readonly mode: string; static readonly PRIMARY: string; static readonly SECONDARY_PREFERRED: string; static readonly NEAREST: string; readonly preference: any; isValid(...args: any[]): any; secondaryOk(...args: any[]): any; equals(...args: any[]): any; toJSON(...args: any[]): any; }
  export class Server { constructor(...options: any[]); }
  export const ReturnDocument: { readonly BEFORE: 'before'; readonly AFTER: 'after' };
  export const BSON: any;
  export const connect: typeof MongoClient.connect;
  export class BSONError { constructor(...values: any[]); [member: string]: any; static [member: string]: any; }
  export class BSONRegExp { constructor(...values: any[]); [member: string]: any; static [member: string]: any; }
  export class BSONSymbol { constructor(...values: any[]); [member: string]: any; static [member: string]: any; }
  export class Binary { constructor(...values: any[]); [member: string]: any; static [member: string]: any; }
  export class DBRef { constructor(...values: any[]); [member: string]: any; static [member: string]: any; }
  export class Decimal128 { constructor(...values: any[]); [member: string]: any; static [member: string]: any; }
  export class Double { constructor(...values: any[]); [member: string]: any; static [member: string]: any; }
  export class Int32 { constructor(...values: any[]); [member: string]: any; static [member: string]: any; }
  export class Long { constructor(...values: any[]); [member: string]: any; static [member: string]: any; }
  export class MaxKey { constructor(...values: any[]); [member: string]: any; static [member: string]: any; }
  export class MinKey { constructor(...values: any[]); [member: string]: any; static [member: string]: any; }
  export class Timestamp { constructor(...values: any[]); [member: string]: any; static [member: string]: any; }
  export class UUID { constructor(...values: any[]); [member: string]: any; static [member: string]: any; }
  export class MongoError extends Error { code?: number | string; [field: string]: any; }
  export class MongoServerError extends Error { code?: number | string; [field: string]: any; }
  export class MongoDriverError extends Error { code?: number | string; [field: string]: any; }
  export class MongoAPIError extends Error { code?: number | string; [field: string]: any; }
  export class MongoRuntimeError extends Error { code?: number | string; [field: string]: any; }
  export class MongoInvalidArgumentError extends Error { code?: number | string; [field: string]: any; }
  export class MongoCompatibilityError extends Error { code?: number | string; [field: string]: any; }
  export class MongoNotConnectedError extends Error { code?: number | string; [field: string]: any; }
  export class MongoCursorExhaustedError extends Error { code?: number | string; [field: string]: any; }
  export class MongoCursorInUseError extends Error { code?: number | string; [field: string]: any; }
  export class MongoMissingCredentialsError extends Error { code?: number | string; [field: string]: any; }
  export class MongoParseError extends Error { code?: number | string; [field: string]: any; }
  export class MongoNetworkError extends Error { code?: number | string; [field: string]: any; }
  export class MongoNetworkTimeoutError extends Error { code?: number | string; [field: string]: any; }
  export class MongoSystemError extends Error { code?: number | string; [field: string]: any; }
  export class MongoServerSelectionError extends Error { code?: number | string; [field: string]: any; }
  export class MongoWriteConcernError extends Error { code?: number | string; [field: string]: any; }
  export class MongoBulkWriteError extends Error { code?: number | string; [field: string]: any; }
  export class BulkWriteError extends Error { code?: number | string; [field: string]: any; }
  export class MongoTimeoutError extends Error { code?: number | string; [field: string]: any; }
}
