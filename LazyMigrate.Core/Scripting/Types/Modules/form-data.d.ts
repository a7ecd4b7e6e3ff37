/** https://github.com/form-data/form-data */
declare module 'form-data' {
  import { Readable } from 'stream';
  class FormData extends Readable {
    constructor(options?: object);
    append(name: string, value: any, options?: any): void;
    getHeaders(more?: object): Record<string, any>;
    getBoundary(): string;
    getBuffer(): Buffer;
    [member: string]: any;
  }
  export = FormData;
}
