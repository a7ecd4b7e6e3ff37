/** Node's events: https://nodejs.org/api/events.html */
declare module 'events' {
  type Listener = (...args: any[]) => void;
  class EventEmitter {
    constructor(options?: object);
    on(event: string | symbol, listener: Listener): this;
    once(event: string | symbol, listener: Listener): this;
    off(event: string | symbol, listener: Listener): this;
    addListener(event: string | symbol, listener: Listener): this;
    removeListener(event: string | symbol, listener: Listener): this;
    removeAllListeners(event?: string | symbol): this;
    prependListener(event: string | symbol, listener: Listener): this;
    prependOnceListener(event: string | symbol, listener: Listener): this;
    emit(event: string | symbol, ...args: any[]): boolean;
    listeners(event: string | symbol): Function[];
    rawListeners(event: string | symbol): Function[];
    listenerCount(event: string | symbol): number;
    eventNames(): (string | symbol)[];
    setMaxListeners(count: number): this;
    getMaxListeners(): number;
    static EventEmitter: typeof EventEmitter;
    static init(options?: object): void;
    static once(emitter: EventEmitter, event: string, options?: any): Promise<any[]>;
    static on(emitter: EventEmitter, event: string, options?: any): AsyncIterableIterator<any[]>;
    static listenerCount(emitter: EventEmitter, event: string): number;
    static getEventListeners(emitter: EventEmitter, event: string): Function[];
    static setMaxListeners(count: number, ...emitters: any[]): void;
    static getMaxListeners(emitter: any): number;
    static errorMonitor: symbol;
    static captureRejectionSymbol: symbol;
    static captureRejections: boolean;
    static defaultMaxListeners: number;
    static usingDomains: boolean;
  }
  export = EventEmitter;
}
