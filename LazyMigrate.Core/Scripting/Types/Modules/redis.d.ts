/** https://github.com/redis/node-redis. Also with a callback, and in lower case, as in version 3. Nothing reconnects. */
declare module 'redis' {
  export interface Options {
    url?: string;
    socket?: { host?: string; port?: number | string; tls?: boolean; ca?: string; rejectUnauthorized?: boolean; cert?: string; key?: string; reconnectStrategy?: any };
    username?: string;
    password?: string;
    database?: number;
    /** As in version 3. */
    host?: string;
    /** As in version 3. */
    port?: number | string;
  }
  export interface Commands {
    /** The same in lower case and in capitals, as in version 3. */
    [command: string]: any;
    append(...args: any[]): Promise<any>;
    copy(...args: any[]): Promise<any>;
    decr(...args: any[]): Promise<any>;
    decrBy(...args: any[]): Promise<any>;
    del(...args: any[]): Promise<any>;
    echo(...args: any[]): Promise<any>;
    exists(...args: any[]): Promise<any>;
    expire(...args: any[]): Promise<any>;
    expireAt(...args: any[]): Promise<any>;
    expireTime(...args: any[]): Promise<any>;
    get(...args: any[]): Promise<any>;
    getDel(...args: any[]): Promise<any>;
    getRange(...args: any[]): Promise<any>;
    getSet(...args: any[]): Promise<any>;
    hDel(...args: any[]): Promise<any>;
    hExists(...args: any[]): Promise<any>;
    hGet(...args: any[]): Promise<any>;
    hIncrBy(...args: any[]): Promise<any>;
    hIncrByFloat(...args: any[]): Promise<any>;
    hKeys(...args: any[]): Promise<any>;
    hLen(...args: any[]): Promise<any>;
    hSetNX(...args: any[]): Promise<any>;
    hStrLen(...args: any[]): Promise<any>;
    hVals(...args: any[]): Promise<any>;
    incr(...args: any[]): Promise<any>;
    incrBy(...args: any[]): Promise<any>;
    incrByFloat(...args: any[]): Promise<any>;
    info(...args: any[]): Promise<any>;
    keys(...args: any[]): Promise<any>;
    lIndex(...args: any[]): Promise<any>;
    lLen(...args: any[]): Promise<any>;
    lPop(...args: any[]): Promise<any>;
    lPush(...args: any[]): Promise<any>;
    lPushX(...args: any[]): Promise<any>;
    lRange(...args: any[]): Promise<any>;
    lRem(...args: any[]): Promise<any>;
    lSet(...args: any[]): Promise<any>;
    lTrim(...args: any[]): Promise<any>;
    mGet(...args: any[]): Promise<any>;
    pExpire(...args: any[]): Promise<any>;
    pExpireAt(...args: any[]): Promise<any>;
    pSetEx(...args: any[]): Promise<any>;
    pTTL(...args: any[]): Promise<any>;
    persist(...args: any[]): Promise<any>;
    ping(...args: any[]): Promise<any>;
    publish(...args: any[]): Promise<any>;
    randomKey(...args: any[]): Promise<any>;
    rename(...args: any[]): Promise<any>;
    renameNX(...args: any[]): Promise<any>;
    rPop(...args: any[]): Promise<any>;
    rPush(...args: any[]): Promise<any>;
    rPushX(...args: any[]): Promise<any>;
    sAdd(...args: any[]): Promise<any>;
    sCard(...args: any[]): Promise<any>;
    sDiff(...args: any[]): Promise<any>;
    sInter(...args: any[]): Promise<any>;
    sIsMember(...args: any[]): Promise<any>;
    sMembers(...args: any[]): Promise<any>;
    smIsMember(...args: any[]): Promise<any>;
    sMove(...args: any[]): Promise<any>;
    sPop(...args: any[]): Promise<any>;
    sRandMember(...args: any[]): Promise<any>;
    sRem(...args: any[]): Promise<any>;
    sUnion(...args: any[]): Promise<any>;
    select(...args: any[]): Promise<any>;
    setEx(...args: any[]): Promise<any>;
    setNX(...args: any[]): Promise<any>;
    setRange(...args: any[]): Promise<any>;
    strLen(...args: any[]): Promise<any>;
    time(...args: any[]): Promise<any>;
    touch(...args: any[]): Promise<any>;
    ttl(...args: any[]): Promise<any>;
    type(...args: any[]): Promise<any>;
    unlink(...args: any[]): Promise<any>;
    zCard(...args: any[]): Promise<any>;
    zCount(...args: any[]): Promise<any>;
    zRank(...args: any[]): Promise<any>;
    zRem(...args: any[]): Promise<any>;
    zRemRangeByRank(...args: any[]): Promise<any>;
    zRemRangeByScore(...args: any[]): Promise<any>;
    zRevRank(...args: any[]): Promise<any>;
    set(...args: any[]): Promise<any>;
    hSet(...args: any[]): Promise<any>;
    mSet(...args: any[]): Promise<any>;
    mSetNX(...args: any[]): Promise<any>;
    hGetAll(...args: any[]): Promise<any>;
    hmGet(...args: any[]): Promise<any>;
    zAdd(...args: any[]): Promise<any>;
    zRange(...args: any[]): Promise<any>;
    zRangeWithScores(...args: any[]): Promise<any>;
    zRangeByScore(...args: any[]): Promise<any>;
    zScore(...args: any[]): Promise<any>;
    zIncrBy(...args: any[]): Promise<any>;
    scan(...args: any[]): Promise<any>;
    hScan(...args: any[]): Promise<any>;
    sScan(...args: any[]): Promise<any>;
    eval(...args: any[]): Promise<any>;
    evalSha(...args: any[]): Promise<any>;
    hmSet(...args: any[]): Promise<any>;
    dbSize(...args: any[]): Promise<any>;
    flushDb(...args: any[]): Promise<any>;
  }
  export interface RedisClient extends Commands {}
  export class RedisClient {
    readonly isOpen: boolean;
    readonly isReady: boolean;
    readonly connected: boolean;
    connect(): Promise<this>;
    sendCommand(args: (string | Buffer)[], options?: { returnBuffers?: boolean }): Promise<any>;
    multi(): any;
    duplicate(options?: Options): RedisClient;
    withCommandOptions(options: object): this;
    scanIterator(options?: { MATCH?: string; COUNT?: number; TYPE?: string }): AsyncIterable<string[]>;
    quit(callback?: (error: Error | null, reply: string) => void): Promise<string>;
    disconnect(): Promise<void>;
    close(): Promise<void>;
    destroy(): void;
    end(): void;
    ref(): void;
    unref(): void;
    /** Not available: it throws. */
    subscribe(): never;
    /** Not available: it throws. */
    pSubscribe(): never;
    on(event: string, listener: (...args: any[]) => void): this;
  }
  export function createClient(options?: string | Options): RedisClient;
  export function createClient(port: number | string, host?: string, options?: Options): RedisClient;
  export function commandOptions(options: { returnBuffers?: boolean }): any;
  export function defineScript<T>(script: T): T;
  export class ErrorReply extends Error {}
  export class SimpleError extends ErrorReply {}
  export class ReplyError extends Error {}
  export class ClientClosedError extends Error {}
  export class ConnectionTimeoutError extends Error {}
}
