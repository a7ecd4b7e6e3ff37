/** Node's buffer: https://nodejs.org/api/buffer.html */
declare module 'buffer' {
  const OwnBuffer: typeof Buffer;
  const ownAtob: typeof atob;
  const ownBtoa: typeof btoa;
  export { OwnBuffer as Buffer, ownAtob as atob, ownBtoa as btoa };
  export const kMaxLength: number;
  export const constants: { MAX_LENGTH: number };
}
