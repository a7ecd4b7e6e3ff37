/** https://undici.nodejs.org: the Fetch Standard, without streams. Only allowed hosts. */
declare module 'undici' {
  const ownFetch: typeof fetch;
  const OwnHeaders: typeof Headers;
  const OwnRequest: typeof Request;
  const OwnResponse: typeof Response;
  const OwnFormData: typeof FormData;
  const OwnFile: typeof File;
  export { ownFetch as fetch, OwnHeaders as Headers, OwnRequest as Request, OwnResponse as Response, OwnFormData as FormData, OwnFile as File };
  export function request(url: string | URL, options?: any): Promise<{ statusCode: number; headers: Record<string, any>; trailers: object; opaque: any; context: any; body: any }>;
  export class Dispatcher { constructor(...args: any[]); [member: string]: any; }
  export class Agent extends Dispatcher {}
  export class Pool extends Dispatcher {}
  export class Client extends Dispatcher {}
  /** Not available: it throws. */
  export class ProxyAgent extends Dispatcher {}
  /** Not available: it throws. */
  export class EnvHttpProxyAgent extends Dispatcher {}
  export function setGlobalDispatcher(dispatcher: Dispatcher): void;
  export function getGlobalDispatcher(): Dispatcher;
}
