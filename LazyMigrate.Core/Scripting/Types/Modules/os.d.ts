/** Node's os: https://nodejs.org/api/os.html */
declare module 'os' {
  export const EOL: string;
  export const devNull: string;
  export const constants: any;
  export function arch(): string;
  export function availableParallelism(): number;
  export function cpus(): any[];
  export function endianness(): string;
  export function freemem(): number;
  export function totalmem(): number;
  export function homedir(): string;
  export function hostname(): string;
  export function loadavg(): number[];
  export function machine(): string;
  export function networkInterfaces(): object;
  export function platform(): string;
  export function release(): string;
  export function tmpdir(): string;
  export function type(): string;
  export function uptime(): number;
  export function userInfo(): any;
  export function version(): string;
}
