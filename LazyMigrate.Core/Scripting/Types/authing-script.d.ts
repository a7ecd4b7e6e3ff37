// What scripts of the dialect authing see besides.

/** Web Crypto; Node's is `require('crypto')`. */
declare const crypto: typeof import('crypto').webcrypto;
