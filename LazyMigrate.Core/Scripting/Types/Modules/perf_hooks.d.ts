/** Node's perf_hooks: https://nodejs.org/api/perf_hooks.html */
declare module 'perf_hooks' {
  const ownProcess: typeof process;
  const ownPerformance: typeof performance;
  export { ownProcess as process, ownPerformance as performance };
  export const constants: object;
  export class PerformanceObserver { constructor(callback: any); observe(options?: any): void; disconnect(): void; }
  export function monitorEventLoopDelay(options?: any): any;
}
