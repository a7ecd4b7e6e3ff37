/** Node's crypto: https://nodejs.org/api/crypto.html */
declare module 'crypto' {
  type Bytes = string | ArrayBuffer | ArrayBufferView;
  type Digest = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512' | 'sha3-256' | 'ripemd160' | (string & {});
  type Key = Bytes | KeyObject | { key: any; passphrase?: string; format?: string; type?: string; padding?: number; saltLength?: number; oaepHash?: string; dsaEncoding?: string };
  type Callback<T> = (error: any, value: T) => void;
  interface ScryptOptions { N?: number; r?: number; p?: number; maxmem?: number; cost?: number; blockSize?: number; parallelization?: number; }

  export class Hash {
    update(data: Bytes, encoding?: BufferEncoding): this;
    digest(): Buffer;
    digest(encoding: BufferEncoding): string;
    copy(options?: object): Hash;
    [member: string]: any;
  }
  export class Hmac {
    update(data: Bytes, encoding?: BufferEncoding): this;
    digest(): Buffer;
    digest(encoding: BufferEncoding): string;
    [member: string]: any;
  }
  export class Sign {
    update(data: Bytes, encoding?: BufferEncoding): this;
    sign(key: Key): Buffer;
    sign(key: Key, encoding: BufferEncoding): string;
    [member: string]: any;
  }
  export class Verify {
    update(data: Bytes, encoding?: BufferEncoding): this;
    verify(key: Key, signature: Bytes, encoding?: BufferEncoding): boolean;
    [member: string]: any;
  }
  interface Cipher {
    update(data: Bytes, inputEncoding?: BufferEncoding): Buffer;
    update(data: Bytes, inputEncoding: BufferEncoding | undefined | null, outputEncoding: BufferEncoding): string;
    final(): Buffer;
    final(encoding: BufferEncoding): string;
    setAutoPadding(on?: boolean): this;
    setAAD(data: Bytes, options?: object): this;
  }
  interface Cipheriv extends Cipher { getAuthTag(): Buffer; }
  interface Decipheriv extends Cipher { setAuthTag(tag: Bytes, encoding?: BufferEncoding): this; }
  export class KeyObject {
    readonly type: 'secret' | 'public' | 'private';
    readonly asymmetricKeyType?: string;
    readonly asymmetricKeyDetails?: any;
    readonly symmetricKeySize?: number;
    export(options?: { format?: 'pem' | 'der' | 'jwk'; type?: string; cipher?: string; passphrase?: string }): any;
    equals(other: KeyObject): boolean;
  }

  export function createHash(algorithm: Digest, options?: { outputLength?: number }): Hash;
  export function createHmac(algorithm: Digest, key: Bytes | KeyObject, options?: object): Hmac;
  export function hash(algorithm: Digest, data: Bytes, encoding?: BufferEncoding | 'buffer'): any;
  export function getHashes(): string[];
  export function getCiphers(): string[];
  export function getCurves(): string[];
  export function getFips(): number;
  export function setFips(on: any): void;

  export function pbkdf2Sync(password: Bytes, salt: Bytes, iterations: number, length: number, digest: Digest): Buffer;
  export function pbkdf2(password: Bytes, salt: Bytes, iterations: number, length: number, digest: Digest, callback: Callback<Buffer>): void;
  export function scryptSync(password: Bytes, salt: Bytes, length: number, options?: ScryptOptions): Buffer;
  export function scrypt(password: Bytes, salt: Bytes, length: number, callback: Callback<Buffer>): void;
  export function scrypt(password: Bytes, salt: Bytes, length: number, options: ScryptOptions, callback: Callback<Buffer>): void;
  export function hkdfSync(digest: Digest, key: Bytes | KeyObject, salt: Bytes, info: Bytes, length: number): ArrayBuffer;
  export function hkdf(digest: Digest, key: Bytes | KeyObject, salt: Bytes, info: Bytes, length: number, callback: Callback<ArrayBuffer>): void;
  export function timingSafeEqual(a: ArrayBuffer | ArrayBufferView, b: ArrayBuffer | ArrayBufferView): boolean;

  export function randomBytes(size: number): Buffer;
  export function randomBytes(size: number, callback: Callback<Buffer>): void;
  export function randomFillSync<T>(buffer: T, offset?: number, size?: number): T;
  export function randomFill<T>(buffer: T, ...offsetSizeAndCallback: any[]): void;
  export function randomInt(max: number, callback?: Callback<number>): number;
  export function randomInt(min: number, max: number, callback?: Callback<number>): number;
  export function randomUUID(options?: object): string;
  export function getRandomValues<T extends ArrayBufferView>(array: T): T;

  export function createCipheriv(algorithm: string, key: Bytes | KeyObject, iv: Bytes | null, options?: { authTagLength?: number }): Cipheriv;
  export function createDecipheriv(algorithm: string, key: Bytes | KeyObject, iv: Bytes | null, options?: { authTagLength?: number }): Decipheriv;
  /** As before Node 22: the key is made of the password with MD5. */
  export function createCipher(algorithm: string, password: Bytes, options?: object): Cipheriv;
  /** As before Node 22: the key is made of the password with MD5. */
  export function createDecipher(algorithm: string, password: Bytes, options?: object): Decipheriv;
  export function getCipherInfo(name: string | number, options?: object): any;

  export function createSecretKey(key: Bytes, encoding?: BufferEncoding): KeyObject;
  export function createPublicKey(key: Key): KeyObject;
  export function createPrivateKey(key: Key): KeyObject;
  export function createSign(algorithm: string, options?: object): Sign;
  export function createVerify(algorithm: string, options?: object): Verify;
  export function sign(algorithm: string | null | undefined, data: Bytes, key: Key, callback?: Callback<Buffer>): Buffer;
  export function verify(algorithm: string | null | undefined, data: Bytes, key: Key, signature: Bytes, callback?: Callback<boolean>): boolean;
  export function publicEncrypt(key: Key, data: Bytes): Buffer;
  export function publicDecrypt(key: Key, data: Bytes): Buffer;
  export function privateEncrypt(key: Key, data: Bytes): Buffer;
  export function privateDecrypt(key: Key, data: Bytes): Buffer;
  export function generateKeyPairSync(type: string, options?: any): { publicKey: any; privateKey: any };
  export function generateKeyPair(type: string, options: any, callback: (error: any, publicKey: any, privateKey: any) => void): void;
  export function generateKeySync(type: string, options: { length: number }): KeyObject;
  export function generateKey(type: string, options: { length: number }, callback: Callback<KeyObject>): void;
  /** Not available: it throws. */
  export function createDiffieHellman(...args: any[]): never;
  /** Not available: it throws. */
  export function createECDH(...args: any[]): never;
  /** Not available: it throws. */
  export function getDiffieHellman(...args: any[]): never;
  /** Not available: it throws. */
  export function diffieHellman(...args: any[]): never;
  /** Not available: it throws. */
  export class X509Certificate { constructor(data: any); }

  interface SubtleCrypto {
    digest(algorithm: any, data: ArrayBuffer | ArrayBufferView): Promise<ArrayBuffer>;
    importKey(format: string, key: any, algorithm: any, extractable: boolean, usages: string[]): Promise<any>;
    exportKey(format: string, key: any): Promise<any>;
    generateKey(algorithm: any, extractable: boolean, usages: string[]): Promise<any>;
    deriveBits(algorithm: any, key: any, length: number): Promise<ArrayBuffer>;
    deriveKey(algorithm: any, key: any, derived: any, extractable: boolean, usages: string[]): Promise<any>;
    sign(algorithm: any, key: any, data: ArrayBuffer | ArrayBufferView): Promise<ArrayBuffer>;
    verify(algorithm: any, key: any, signature: ArrayBuffer | ArrayBufferView, data: ArrayBuffer | ArrayBufferView): Promise<boolean>;
    encrypt(algorithm: any, key: any, data: ArrayBuffer | ArrayBufferView): Promise<ArrayBuffer>;
    decrypt(algorithm: any, key: any, data: ArrayBuffer | ArrayBufferView): Promise<ArrayBuffer>;
  }
  export const subtle: SubtleCrypto;
  export const webcrypto: { readonly subtle: SubtleCrypto; getRandomValues: typeof getRandomValues; randomUUID(): string; CryptoKey: any };
  export const constants: Record<string, number>;
}
