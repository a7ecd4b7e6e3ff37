/** https://github.com/auth0/node-jws */
declare module 'jws' {
  export const ALGORITHMS: string[];
  export function sign(options: { header: any; payload: any; secret?: any; privateKey?: any; encoding?: string }): string;
  export function verify(signature: string, algorithm: string, secretOrKey: any): boolean;
  export function decode(signature: string, options?: any): { header: any; payload: any; signature: string } | null;
  export function isValid(signature: string): boolean;
}
