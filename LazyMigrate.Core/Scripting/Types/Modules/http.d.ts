/** Node's http, as far as it asks: https://nodejs.org/api/http.html. Only allowed hosts. */
declare module 'http' {
  import { Readable, Writable } from 'stream';
  import EventEmitter = require('events');
  export interface RequestOptions {
    protocol?: string;
    host?: string | null;
    hostname?: string | null;
    port?: number | string | null;
    path?: string | null;
    method?: string;
    headers?: Record<string, any>;
    auth?: string | null;
    agent?: Agent | boolean;
    timeout?: number;
    signal?: AbortSignal;
    rejectUnauthorized?: boolean;
    ca?: any;
    cert?: any;
    key?: any;
    pfx?: any;
    passphrase?: string;
    servername?: string;
    [option: string]: any;
  }
  export class Agent extends EventEmitter { constructor(options?: object); [member: string]: any; }
  export class IncomingMessage extends Readable {
    statusCode?: number;
    statusMessage?: string;
    headers: Record<string, any>;
    rawHeaders: string[];
    complete: boolean;
    [member: string]: any;
  }
  export class ClientRequest extends Writable {
    setHeader(name: string, value: any): this;
    getHeader(name: string): any;
    removeHeader(name: string): void;
    setTimeout(milliseconds: number, callback?: () => void): this;
    abort(): void;
    on(event: 'response', listener: (response: IncomingMessage) => void): this;
    on(event: string, listener: (...args: any[]) => void): this;
    [member: string]: any;
  }
  export class OutgoingMessage extends Writable {}
  export class ServerResponse extends Writable {}
  /** Not available: it throws. */
  export class Server { constructor(...args: any[]); }
  /** Not available: it throws. */
  export function createServer(...args: any[]): never;
  export function request(options: string | URL | RequestOptions, callback?: (response: IncomingMessage) => void): ClientRequest;
  export function request(url: string | URL, options: RequestOptions, callback?: (response: IncomingMessage) => void): ClientRequest;
  export function get(options: string | URL | RequestOptions, callback?: (response: IncomingMessage) => void): ClientRequest;
  export function get(url: string | URL, options: RequestOptions, callback?: (response: IncomingMessage) => void): ClientRequest;
  export let globalAgent: Agent;
  export const METHODS: string[];
  export const STATUS_CODES: Record<number, string>;
  export const maxHeaderSize: number;
  export function validateHeaderName(name: string): void;
  export function validateHeaderValue(name: string, value: any): void;
  export function setMaxIdleHTTPParsers(count: number): void;
}
