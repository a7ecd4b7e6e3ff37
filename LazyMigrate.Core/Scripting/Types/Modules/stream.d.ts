/** Node's stream: https://nodejs.org/api/stream.html */
declare module 'stream' {
  import EventEmitter = require('events');
  class Stream extends EventEmitter {
    pipe<T>(target: T, options?: object): T;
    [member: string]: any;
  }
  namespace Stream {
    export class Readable extends Stream implements AsyncIterable<any> {
      constructor(options?: any);
      static from(values: any, options?: any): Readable;
      read(size?: number): any;
      push(chunk: any, encoding?: string): boolean;
      setEncoding(encoding: string): this;
      pause(): this;
      resume(): this;
      destroy(error?: Error): this;
      [Symbol.asyncIterator](): AsyncIterableIterator<any>;
      [member: string]: any;
    }
    export class Writable extends Stream {
      constructor(options?: any);
      write(chunk: any, ...encodingAndCallback: any[]): boolean;
      end(...chunkEncodingAndCallback: any[]): this;
      destroy(error?: Error): this;
      [member: string]: any;
    }
    export class Duplex extends Readable { write(chunk: any, ...encodingAndCallback: any[]): boolean; end(...chunkEncodingAndCallback: any[]): this; }
    export class Transform extends Duplex {}
    export class PassThrough extends Transform {}
    export function finished(stream: any, ...optionsAndCallback: any[]): () => void;
    export function pipeline(...streamsAndCallback: any[]): any;
    export function isReadable(stream: any): boolean;
    export function addAbortSignal<T>(signal: any, stream: T): T;
    export function isDestroyed(stream: any): boolean;
    export function isErrored(stream: any): boolean;
    export const promises: { finished(stream: any, options?: any): Promise<void>; pipeline(...streams: any[]): Promise<any> };
    export { Stream };
  }
  export = Stream;
}
