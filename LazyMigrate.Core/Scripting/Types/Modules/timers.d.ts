/** Node's timers: https://nodejs.org/api/timers.html */
declare module 'timers' {
  const startTimeout: typeof setTimeout;
  const startInterval: typeof setInterval;
  const startImmediate: typeof setImmediate;
  const stopTimeout: typeof clearTimeout;
  const stopInterval: typeof clearInterval;
  const stopImmediate: typeof clearImmediate;
  export { startTimeout as setTimeout, startInterval as setInterval, startImmediate as setImmediate, stopTimeout as clearTimeout, stopInterval as clearInterval, stopImmediate as clearImmediate };
  export const promises: {
    setTimeout<T>(delay?: number, value?: T, options?: any): Promise<T>;
    setImmediate<T>(value?: T, options?: any): Promise<T>;
    setInterval<T>(delay?: number, value?: T): AsyncIterableIterator<T>;
    scheduler: { wait(delay: number, options?: any): Promise<void>; yield(): Promise<void> };
  };
}
