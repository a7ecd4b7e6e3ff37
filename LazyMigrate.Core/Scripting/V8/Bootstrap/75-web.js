// fetch, forms and Web Crypto: the facades of their modules, loaded when a script first touches them.
for (const name of ['fetch', 'Headers', 'Request', 'Response']) defineLazyGlobal(name, () => requireBuiltIn('undici')[name]);
for (const name of ['Blob', 'File', 'FormData']) defineLazyGlobal(name, () => requireBuiltIn('internal/web-forms')[name]);
defineLazyGlobal('crypto', () => requireBuiltIn('crypto').webcrypto);
whenSettingsAreKnown.push(() => {
  defineGlobal('performance', { timeOrigin: started, now: () => host('clock'), toJSON() { return { timeOrigin: started }; } });
});
