/** Node's zlib: https://nodejs.org/api/zlib.html */
declare module 'zlib' {
  type Data = string | ArrayBuffer | ArrayBufferView;
  type Sync = (data: Data, options?: any) => Buffer;
  interface Later { (data: Data, callback: (error: any, result: Buffer) => void): void; (data: Data, options: any, callback: (error: any, result: Buffer) => void): void; }
  type Create = (options?: any) => import('stream').Transform;
  type Type = new (options?: any) => import('stream').Transform;
  export const gzipSync: Sync, gunzipSync: Sync, deflateSync: Sync, inflateSync: Sync, deflateRawSync: Sync, inflateRawSync: Sync, unzipSync: Sync, brotliCompressSync: Sync, brotliDecompressSync: Sync;
  export const gzip: Later, gunzip: Later, deflate: Later, inflate: Later, deflateRaw: Later, inflateRaw: Later, unzip: Later, brotliCompress: Later, brotliDecompress: Later;
  export const createGzip: Create, createGunzip: Create, createDeflate: Create, createInflate: Create, createDeflateRaw: Create, createInflateRaw: Create, createUnzip: Create, createBrotliCompress: Create, createBrotliDecompress: Create;
  export const Gzip: Type, Gunzip: Type, Deflate: Type, Inflate: Type, DeflateRaw: Type, InflateRaw: Type, Unzip: Type, BrotliCompress: Type, BrotliDecompress: Type;
  export function crc32(data: Data, value?: number): number;
  export const constants: Record<string, number>;
  export const Z_NO_FLUSH: number, Z_PARTIAL_FLUSH: number, Z_SYNC_FLUSH: number, Z_FULL_FLUSH: number, Z_FINISH: number, Z_BLOCK: number, Z_OK: number, Z_STREAM_END: number, Z_DATA_ERROR: number, Z_BUF_ERROR: number;
  export const Z_NO_COMPRESSION: number, Z_BEST_SPEED: number, Z_BEST_COMPRESSION: number, Z_DEFAULT_COMPRESSION: number, Z_DEFAULT_STRATEGY: number, Z_DEFAULT_WINDOWBITS: number, Z_DEFAULT_CHUNK: number;
  export const BROTLI_OPERATION_FLUSH: number, BROTLI_PARAM_QUALITY: number, BROTLI_PARAM_MODE: number, BROTLI_MODE_TEXT: number;
}
