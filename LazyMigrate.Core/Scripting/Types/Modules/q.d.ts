/** https://github.com/kriskowal/q */
declare module 'q' {
  type Action = (...args: any[]) => any;
  interface QPromise extends Promise<any> { fail: any; fin: any; done: any; nodeify: any; spread: any; [member: string]: any; }
  interface Deferred { promise: QPromise; resolve(value?: any): void; reject(error?: any): void; notify(value?: any): void; makeNodeResolver(): Action; }
  interface Q {
    (value?: any): QPromise;
    defer(): Deferred;
    Promise(start: (resolve: Action, reject: Action, notify?: Action) => void): QPromise;
    promise(start: (resolve: Action, reject: Action, notify?: Action) => void): QPromise;
    resolve(value?: any): QPromise;
    reject(error?: any): QPromise;
    when(value: any, fulfilled?: Action, rejected?: Action): QPromise;
    all(values: any): QPromise;
    allSettled(values: any): QPromise;
    race(values: any): QPromise;
    any(values: any): QPromise;
    delay(...valueAndMilliseconds: any[]): QPromise;
    fcall(action: Action, ...args: any[]): QPromise;
    try(action: Action, ...args: any[]): QPromise;
    nfcall(action: Action, ...args: any[]): QPromise;
    nfapply(action: Action, args: any[]): QPromise;
    ninvoke(target: any, method: string, ...args: any[]): QPromise;
    nsend(target: any, method: string, ...args: any[]): QPromise;
    npost(target: any, method: string, args: any[]): QPromise;
    denodeify(action: Action, ...args: any[]): (...args: any[]) => QPromise;
    nbind(action: Action, self: any, ...args: any[]): (...args: any[]) => QPromise;
    spread(values: any, fulfilled: Action, rejected?: Action): QPromise;
    isPromise(value: any): boolean;
    isPromiseAlike(value: any): boolean;
    async(generator: Action): (...args: any[]) => QPromise;
  }
  const Q: Q;
  export = Q;
}
