/** https://github.com/request/request-promise: the body, unless `resolveWithFullResponse`; statuses that are not 2xx reject, unless `simple: false`. */
declare module 'request-promise' {
  import request = require('request');
  interface RequestPromise extends request.Request {
    then(fulfilled?: ((value: any) => any) | null, rejected?: ((error: any) => any) | null): Promise<any>;
    catch(rejected: any, handler?: any): Promise<any>;
    finally(handler: () => void): Promise<any>;
    promise(): Promise<any>;
    cancel(): void;
  }
  interface Static extends request.Static<RequestPromise> { errors: Record<'RequestError' | 'StatusCodeError' | 'TransformError', any>; }
  const requestPromise: Static;
  export = requestPromise;
}
