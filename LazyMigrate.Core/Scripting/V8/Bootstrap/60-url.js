// URL and URLSearchParams are in Parts/url.js.
const urlPart = part('url', () => ({ utf8Encode, utf8Decode, latin1Text }));
for (const name of ['URL', 'URLSearchParams']) defineLazyGlobal(name, () => urlPart()[name]);
