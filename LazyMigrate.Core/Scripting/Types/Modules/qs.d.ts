/** https://github.com/ljharb/qs */
declare module 'qs' {
  export const formats: { default: string; formatters: Record<string, (value: any) => string>; RFC1738: string; RFC3986: string };
  export function parse(text: string | object, options?: any): any;
  export function stringify(value: any, options?: any): string;
}
