/** https://github.com/request/request. Only allowed hosts. */
declare module 'request' {
  import EventEmitter = require('events');
  namespace request {
    interface Options {
      uri?: string | URL | any;
      url?: string | URL | any;
      baseUrl?: string;
      method?: string;
      headers?: Record<string, any>;
      qs?: any;
      qsStringifyOptions?: any;
      body?: any;
      form?: any;
      formData?: any;
      json?: any;
      auth?: { user?: string; username?: string; pass?: string; password?: string; bearer?: any; sendImmediately?: boolean };
      oauth?: any;
      timeout?: number;
      encoding?: string | null;
      gzip?: boolean;
      followRedirect?: any;
      followAllRedirects?: boolean;
      maxRedirects?: number;
      jar?: any;
      strictSSL?: boolean;
      rejectUnauthorized?: boolean;
      agentOptions?: any;
      ca?: any;
      cert?: any;
      key?: any;
      passphrase?: string;
      callback?: Callback;
      [option: string]: any;
    }
    interface Response extends EventEmitter { statusCode: number; statusMessage: string; headers: Record<string, any>; body: any; request: any; [member: string]: any; }
    type Callback = (error: any, response: Response, body: any) => void;
    interface Request extends EventEmitter {
      setHeader(name: string, value: any): this;
      auth(user: any, pass?: string, sendImmediately?: boolean, bearer?: any): this;
      form(form?: any): any;
      json(value: any): this;
      qs(value: object): this;
      abort(): void;
      [member: string]: any;
    }
    interface Static<R = Request> {
      (uri: string | URL | Options, callback?: Callback): R;
      (uri: string | URL, options: Options, callback?: Callback): R;
      get: Verb<R>;
      head: Verb<R>;
      post: Verb<R>;
      put: Verb<R>;
      patch: Verb<R>;
      del: Verb<R>;
      delete: Verb<R>;
      options: Verb<R>;
      defaults(options: Options, requester?: any): Static<R>;
      forever(agentOptions: any, options?: any): Static<R>;
      jar(store?: any): any;
      cookie(text: string): any;
      initParams: any;
      debug: boolean;
      Request: new (options: Options) => Request;
    }
    interface Verb<R> {
      (uri: string | URL | Options, callback?: Callback): R;
      (uri: string | URL, options: Options, callback?: Callback): R;
    }
  }
  const request: request.Static;
  export = request;
}
