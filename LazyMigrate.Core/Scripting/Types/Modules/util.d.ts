/** Node's util: https://nodejs.org/api/util.html */
declare module 'util' {
  export const promisify: { (callbackStyle: (...args: any[]) => any): (...args: any[]) => Promise<any>; custom: symbol };
  export function callbackify(promiseStyle: (...args: any[]) => Promise<any>): (...args: any[]) => void;
  export function inherits(type: any, base: any): void;
  export function deprecate<F>(action: F, message?: string, code?: string): F;
  export const inspect: { (value: any, options?: any, ...more: any[]): string; custom: symbol; defaultOptions: any };
  export function debuglog(section?: string): (...args: any[]) => void;
  export function debug(section?: string): (...args: any[]) => void;
  export function format(...values: any[]): string;
  export function formatWithOptions(options: any, ...values: any[]): string;
  export function isDeepStrictEqual(a: any, b: any): boolean;
  export function stripVTControlCharacters(text: string): string;
  export function toUSVString(text: string): string;
  export function log(...values: any[]): void;
  export function isArray(value: any): value is any[];
  export function isBoolean(value: any): value is boolean;
  export function isBuffer(value: any): value is Buffer;
  export function isDate(value: any): value is Date;
  export function isError(value: any): value is Error;
  export function isFunction(value: any): boolean;
  export function isNull(value: any): value is null;
  export function isNullOrUndefined(value: any): value is null | undefined;
  export function isNumber(value: any): value is number;
  export function isObject(value: any): boolean;
  export function isPrimitive(value: any): boolean;
  export function isRegExp(value: any): value is RegExp;
  export function isString(value: any): value is string;
  export function isSymbol(value: any): value is symbol;
  export function isUndefined(value: any): value is undefined;
  export function _extend(target: any, source: any): any;
  export const types: Record<string, (value: any) => boolean>;
  const Encoder: typeof TextEncoder;
  const Decoder: typeof TextDecoder;
  export { Encoder as TextEncoder, Decoder as TextDecoder };
}
