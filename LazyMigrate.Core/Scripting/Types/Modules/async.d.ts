/** https://caolan.github.io/async/v3/. Without a last callback each gives a promise. */
declare module 'async' {
  type Callback = (error?: any, ...results: any[]) => void;
  type Task = (...args: any[]) => any;
  type Many = any[] | Iterable<any> | Record<string, any>;
  type Each = (list: Many, task: Task, callback?: Callback) => any;
  type EachLimit = (list: Many, limit: number, task: Task, callback?: Callback) => any;
  export const each: Each, eachSeries: Each, eachOf: Each, eachOfSeries: Each, forEach: Each, forEachSeries: Each, forEachOf: Each, forEachOfSeries: Each, map: Each, mapSeries: Each, mapValues: Each, mapValuesSeries: Each, concat: Each, concatSeries: Each, filter: Each, filterSeries: Each, select: Each, reject: Each, rejectSeries: Each, detect: Each, detectSeries: Each, find: Each, some: Each, someSeries: Each, any: Each, every: Each, everySeries: Each, all: Each, groupBy: Each, groupBySeries: Each, sortBy: Each;
  export const eachLimit: EachLimit, eachOfLimit: EachLimit, forEachLimit: EachLimit, forEachOfLimit: EachLimit, mapLimit: EachLimit, mapValuesLimit: EachLimit, concatLimit: EachLimit, filterLimit: EachLimit, rejectLimit: EachLimit, detectLimit: EachLimit, someLimit: EachLimit, everyLimit: EachLimit, groupByLimit: EachLimit;
  type Tasks = (tasks: Task[] | Record<string, Task>, callback?: Callback) => any;
  export const parallel: Tasks, series: Tasks, race: Tasks;
  export function parallelLimit(tasks: Task[] | Record<string, Task>, limit: number, callback?: Callback): any;
  export function waterfall(tasks: Task[], callback?: Callback): any;
  export function auto(tasks: Record<string, any>, ...concurrencyAndCallback: any[]): any;
  export function retry(...optionsTaskAndCallback: any[]): any;
  export function retryable(...optionsAndTask: any[]): Task;
  type Reduce = (list: Many, start: any, step: Task, callback?: Callback) => any;
  export const reduce: Reduce, inject: Reduce, foldl: Reduce;
  export function times(count: number, task: Task, callback?: Callback): any;
  export function timesSeries(count: number, task: Task, callback?: Callback): any;
  export function timesLimit(count: number, limit: number, task: Task, callback?: Callback): any;
  type Loop = (first: Task, second: Task, callback?: Callback) => any;
  export const whilst: Loop, until: Loop, doWhilst: Loop, during: Loop;
  export function forever(task: Task, callback?: Callback): any;
  export function apply(action: Task, ...args: any[]): Task;
  export function constant(...values: any[]): Task;
  export function asyncify(action: Task): Task;
  export function reflect(task: Task): Task;
  export function timeout(task: Task, milliseconds: number, info?: any): Task;
  export function memoize(task: Task, hasher?: Task): Task;
  export function queue(worker: Task, concurrency?: number): { push(task: any, callback?: Callback): any; unshift(task: any, callback?: Callback): any; drain: any; error: any; length(): number; running(): number; idle(): boolean; pause(): void; resume(): void; kill(): void; [member: string]: any };
  const later: (action: Task, ...args: any[]) => void;
  export { later as setImmediate, later as nextTick };
}
