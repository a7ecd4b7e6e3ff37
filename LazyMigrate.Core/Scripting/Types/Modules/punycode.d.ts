/** Node's punycode: https://nodejs.org/api/punycode.html */
declare module 'punycode' {
  export const version: string;
  export const ucs2: { decode(text: string): number[]; encode(codes: number[]): string };
  export function encode(text: string): string;
  export function decode(text: string): string;
  export function toASCII(domain: string): string;
  export function toUnicode(domain: string): string;
}
