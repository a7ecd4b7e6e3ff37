/** Node's string_decoder: https://nodejs.org/api/string_decoder.html */
declare module 'string_decoder' {
  export class StringDecoder { constructor(encoding?: string); readonly encoding: string; write(data: Uint8Array): string; end(data?: Uint8Array): string; [member: string]: any; }
}
