/** https://github.com/uuidjs/uuid. Called as a function it gives a version 4. */
declare module 'uuid' {
  interface Named { (name: string | ArrayLike<number>, namespace: string | ArrayLike<number>, ...rest: any[]): string; DNS: string; URL: string; }
  type Plain = (options?: any, buffer?: any, offset?: number) => string;
  interface Uuid {
    (options?: any): string;
    v1: Plain;
    v3: Named;
    v4: Plain;
    v5: Named;
    v6: Plain;
    v7: Plain;
    NIL: string;
    MAX: string;
    version(uuid: string): number;
    validate(uuid: any): boolean;
    stringify(bytes: ArrayLike<number>, offset?: number): string;
    parse(uuid: string): Uint8Array;
    default: Uuid;
  }
  const uuid: Uuid;
  export = uuid;
}
