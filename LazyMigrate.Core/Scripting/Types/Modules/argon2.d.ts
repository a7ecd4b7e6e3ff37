/** https://github.com/ranisalt/node-argon2 */
declare module 'argon2' {
  export interface Options {
    type?: 0 | 1 | 2;
    memoryCost?: number;
    timeCost?: number;
    parallelism?: number;
    hashLength?: number;
    salt?: Uint8Array;
    secret?: Uint8Array;
    associatedData?: Uint8Array;
    version?: number;
    raw?: boolean;
  }
  export const argon2d: 0;
  export const argon2i: 1;
  export const argon2id: 2;
  export const limits: Record<'hashLength' | 'memoryCost' | 'timeCost' | 'parallelism', { min: number; max: number }>;
  export function hash(password: string | Uint8Array, options: Options & { raw: true }): Promise<Buffer>;
  export function hash(password: string | Uint8Array, options?: Options): Promise<string>;
  export function verify(hash: string, password: string | Uint8Array, options?: { secret?: Uint8Array }): Promise<boolean>;
  export function needsRehash(hash: string, options?: Options): boolean;
}
