/** Node's url: https://nodejs.org/api/url.html */
declare module 'url' {
  interface UrlObject { protocol: string | null; slashes: boolean | null; auth: string | null; host: string | null; port: string | null; hostname: string | null; hash: string | null; search: string | null; query: any; pathname: string | null; path: string | null; href: string; }
  export class Url { [member: string]: any; }
  export function parse(url: string, parseQuery?: boolean, slashesDenoteHost?: boolean): UrlObject;
  export function resolve(from: string, to: string): string;
  export function resolveObject(from: any, to: any): any;
  export function format(url: any, options?: any): string;
  export function domainToASCII(domain: string): string;
  export function domainToUnicode(domain: string): string;
  export function pathToFileURL(path: string): URL;
  export function fileURLToPath(url: string | URL): string;
  export function urlToHttpOptions(url: URL): any;
  const OwnUrl: typeof URL;
  const OwnSearchParams: typeof URLSearchParams;
  export { OwnUrl as URL, OwnSearchParams as URLSearchParams };
}
