/** https://github.com/node-fetch/node-fetch: the global fetch as a module. Only allowed hosts. */
declare module 'node-fetch' {
  class FetchError extends Error { type: string; code?: string; errno?: string; constructor(message: string, type: string, cause?: any); }
  interface NodeFetch {
    (url: string | URL | Request, options?: RequestInit & { timeout?: number; agent?: any; size?: number; [option: string]: any }): Promise<Response>;
    fetch: NodeFetch;
    Headers: typeof Headers;
    Request: typeof Request;
    Response: typeof Response;
    FetchError: typeof FetchError;
    AbortError: any;
    Promise: PromiseConstructor;
    isRedirect(code: number): boolean;
    default: NodeFetch;
  }
  const fetch: NodeFetch;
  export = fetch;
}
