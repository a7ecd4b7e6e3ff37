/** https://github.com/auth0/jwt-decode. It checks no signature. */
declare module 'jwt-decode' {
  interface Decode {
    <T = any>(token: string, options?: { header?: boolean }): T;
    jwtDecode: Decode;
    InvalidTokenError: new (message?: string) => Error;
    default: Decode;
  }
  const jwtDecode: Decode;
  export = jwtDecode;
}
