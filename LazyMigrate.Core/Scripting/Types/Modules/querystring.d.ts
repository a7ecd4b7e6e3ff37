/** Node's querystring: https://nodejs.org/api/querystring.html */
declare module 'querystring' {
  export function parse(text: string, separator?: string, equals?: string, options?: any): any;
  export function decode(text: string, separator?: string, equals?: string, options?: any): any;
  export function stringify(value: any, separator?: string, equals?: string, options?: any): string;
  export function encode(value: any, separator?: string, equals?: string, options?: any): string;
  export function escape(text: any): string;
  export function unescape(text: string): string;
  export function unescapeBuffer(text: string, decodeSpaces?: boolean): Buffer;
}
