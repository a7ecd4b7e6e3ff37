/** https://github.com/kelektiv/node.bcrypt.js: $2a$, $2b$ and $2y$. Costs above 14 are refused. */
declare module 'bcrypt' {
  type Data = string | Buffer;
  type Callback<T> = (error: any, value: T) => void;
  export function compare(password: Data, hash: string): Promise<boolean>;
  export function compare(password: Data, hash: string, callback: Callback<boolean>, progress?: any): void;
  export function compareSync(password: Data, hash: string): boolean;
  export function hash(password: Data, saltOrRounds: string | number): Promise<string>;
  export function hash(password: Data, saltOrRounds: string | number, callback: Callback<string>, progress?: any): void;
  export function hashSync(password: Data, saltOrRounds?: string | number): string;
  export function genSalt(rounds?: number, minor?: 'a' | 'b'): Promise<string>;
  export function genSalt(rounds: number, callback: Callback<string>): void;
  export function genSaltSync(rounds?: number, minor?: 'a' | 'b'): string;
  /** The cost that a hash was made with. */
  export function getRounds(hash: string): number;
}
