/** https://github.com/brianc/node-pg-types: how texts of the database become values. */
declare module 'pg-types' {
  export const builtins: Record<string, number>;
  export function getTypeParser(oid: number, format?: string): (text: any) => any;
  export function setTypeParser(oid: number, parse: (text: any) => any): void;
  export function setTypeParser(oid: number, format: string, parse: (text: any) => any): void;
  export const arrayParser: { create(text: string, parse?: (text: string) => any): { parse(): any[] } };
}
