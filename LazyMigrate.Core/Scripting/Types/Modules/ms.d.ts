/** https://github.com/vercel/ms */
declare module 'ms' {
  function ms(text: string): number;
  function ms(milliseconds: number, options?: { long?: boolean }): string;
  export = ms;
}
