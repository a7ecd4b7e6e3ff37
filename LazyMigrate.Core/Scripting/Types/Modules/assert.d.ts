/** Node's assert: https://nodejs.org/api/assert.html */
declare module 'assert' {
  interface Assert {
    (value: any, message?: string | Error): void;
    ok(value: any, message?: string | Error): void;
    equal(actual: any, expected: any, message?: string | Error): void;
    notEqual(actual: any, expected: any, message?: string | Error): void;
    strictEqual(actual: any, expected: any, message?: string | Error): void;
    notStrictEqual(actual: any, expected: any, message?: string | Error): void;
    deepEqual(actual: any, expected: any, message?: string | Error): void;
    notDeepEqual(actual: any, expected: any, message?: string | Error): void;
    deepStrictEqual(actual: any, expected: any, message?: string | Error): void;
    notDeepStrictEqual(actual: any, expected: any, message?: string | Error): void;
    fail(message?: string | Error): never;
    match(text: string, pattern: RegExp, message?: string | Error): void;
    doesNotMatch(text: string, pattern: RegExp, message?: string | Error): void;
    ifError(value: any): void;
    throws(action: () => any, ...rest: any[]): void;
    doesNotThrow(action: () => any, ...rest: any[]): void;
    rejects(action: any, ...rest: any[]): Promise<void>;
    doesNotReject(action: any, ...rest: any[]): Promise<void>;
    AssertionError: new (options: any) => Error;
    strict: Assert;
  }
  const assert: Assert;
  export = assert;
}
