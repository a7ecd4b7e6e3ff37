// argon2.
module.exports = async (check, env) => {
const t = (label, action) => (typeof label === 'function' ? check(String(label).replace(/\s+/g, ' ').slice(0, 120), label) : check(label, action));
const __show = (value) => (typeof value === 'symbol' ? 'symbol' : typeof value === 'object' && value !== null ? Object.prototype.toString.call(value) : `${typeof value}`);
const argon2 = require('argon2'); const salt = Buffer.from('somesaltsomesalt');
for (const type of [0, 1, 2]) for (const version of [0x10, 0x13]) await t(`h${type}${version}`, () => argon2.hash('pässword', { salt, type, version, memoryCost: 1024, timeCost: 2, parallelism: 2 }));
await t(() => argon2.hash('p', { salt, raw: true, memoryCost: 1024, timeCost: 2, parallelism: 1, hashLength: 16 })); await t(() => argon2.hash('p', { salt, memoryCost: 1024, timeCost: 2, secret: Buffer.from('s'), associatedData: Buffer.from('data') })); await t(() => argon2.hash('p', { salt })); await t(() => argon2.hash(Buffer.from('p'), { salt, memoryCost: 2048 }));
await t(() => argon2.hash('p', { memoryCost: 1 })); await t(() => argon2.hash('p', { timeCost: 1 })); await t(() => argon2.hash('p', { hashLength: 1 })); await t(() => argon2.hash('p', { parallelism: 0 })); await t(() => argon2.hash()); await t(() => argon2.hash(5));
await t(async () => { const h = await argon2.hash('p', { memoryCost: 1024, timeCost: 2 }); return [h.slice(0, 30), await argon2.verify(h, 'p'), await argon2.verify(h, 'q'), argon2.needsRehash(h), argon2.needsRehash(h, { memoryCost: 1024, timeCost: 2 })]; });
for (const h of ['$argon2id$v=19$m=1024,t=2,p=2$ynmvFeLcm1MqhXBube2dcw$HIZjRUj9afUvEB8CSAUxAQ', '$argon2i$v=19$m=1024,t=2,p=1$dkdwY3c1cUxOZlUuTGFyWA$kQbT3ez1FQNJ+13mq6lXk4XSmjP7hWww4f4cIF/RD+c', '$argon2id$v=19$m=102400,t=2,p=8$MnlucW9weGs1YlhkT2pJNFR2QjM5Rg$AkII5iKAThqsj9YbirKQFA']) await t(() => argon2.verify(h, 'correct horse battery staple'));
await t(() => argon2.verify('$foo$v=1$m=1$YWJj$YWJj', 'p')); await t(() => argon2.verify('nonsense', 'p')); await t(() => argon2.verify('', 'p')); await t(() => [argon2.argon2d, argon2.argon2i, argon2.argon2id]);
};
