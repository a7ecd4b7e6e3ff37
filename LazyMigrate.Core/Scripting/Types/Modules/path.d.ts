/** Node's path: https://nodejs.org/api/path.html */
declare module 'path' {
  interface Path {
    sep: string;
    delimiter: string;
    normalize(path: string): string;
    join(...parts: string[]): string;
    resolve(...parts: string[]): string;
    isAbsolute(path: string): boolean;
    relative(from: string, to: string): string;
    dirname(path: string): string;
    basename(path: string, suffix?: string): string;
    extname(path: string): string;
    parse(path: string): { root: string; dir: string; base: string; ext: string; name: string };
    format(parts: { root?: string; dir?: string; base?: string; ext?: string; name?: string }): string;
    toNamespacedPath(path: string): string;
    posix: Path;
    win32: Path;
  }
  const path: Path;
  export = path;
}
