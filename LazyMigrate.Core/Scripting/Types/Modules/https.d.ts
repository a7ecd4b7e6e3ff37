/** Node's https, as far as it asks: https://nodejs.org/api/https.html. Only allowed hosts. */
declare module 'https' {
  import * as http from 'http';
  export class Agent extends http.Agent {}
  /** Not available: it throws. */
  export class Server { constructor(...args: any[]); }
  /** Not available: it throws. */
  export function createServer(...args: any[]): never;
  export const request: typeof http.request;
  export const get: typeof http.get;
  export let globalAgent: Agent;
}
