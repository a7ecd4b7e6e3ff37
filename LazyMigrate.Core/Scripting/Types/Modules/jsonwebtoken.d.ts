/** https://github.com/auth0/node-jsonwebtoken */
declare module 'jsonwebtoken' {
  type Secret = string | Buffer | import('crypto').KeyObject | { key: string | Buffer; passphrase: string };
  type KeyFunction = (header: any, callback: (error: any, secret?: Secret) => void) => void;
  export interface JwtPayload { iss?: string; sub?: string; aud?: string | string[]; exp?: number; nbf?: number; iat?: number; jti?: string; [claim: string]: any; }
  export interface SignOptions { algorithm?: string; expiresIn?: string | number; notBefore?: string | number; audience?: string | string[]; issuer?: string; subject?: string; jwtid?: string; keyid?: string; noTimestamp?: boolean; header?: object; encoding?: string; mutatePayload?: boolean; allowInsecureKeySizes?: boolean; allowInvalidAsymmetricKeyTypes?: boolean; }
  export interface VerifyOptions { algorithms?: string[]; audience?: any; issuer?: string | string[]; subject?: string; jwtid?: string; nonce?: string; complete?: boolean; clockTimestamp?: number; clockTolerance?: number; maxAge?: string | number; ignoreExpiration?: boolean; ignoreNotBefore?: boolean; allowInvalidAsymmetricKeyTypes?: boolean; }
  export function sign(payload: string | Buffer | object, secret: Secret | null, options?: SignOptions): string;
  export function sign(payload: string | Buffer | object, secret: Secret | null, callback: (error: any, token?: string) => void): void;
  export function sign(payload: string | Buffer | object, secret: Secret | null, options: SignOptions, callback: (error: any, token?: string) => void): void;
  export function verify(token: string, secret: Secret | null, options?: VerifyOptions): any;
  export function verify(token: string, secret: Secret | KeyFunction | null, callback: (error: any, decoded?: any) => void): void;
  export function verify(token: string, secret: Secret | KeyFunction | null, options: VerifyOptions, callback: (error: any, decoded?: any) => void): void;
  /** Reads without checking the signature. */
  export function decode(token: string, options?: { complete?: boolean; json?: boolean }): any;
  export class JsonWebTokenError extends Error { constructor(message: string, inner?: Error); inner?: Error; }
  export class TokenExpiredError extends JsonWebTokenError { expiredAt: Date; }
  export class NotBeforeError extends JsonWebTokenError { date: Date; }
}
