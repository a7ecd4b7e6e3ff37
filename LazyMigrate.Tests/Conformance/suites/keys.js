// Keys as PEM, DER and JWK. They are made by the test; what depends on them is compared here, not returned.
module.exports = async (check, env) => {
  const crypto = require('crypto');
  const { createPrivateKey, createPublicKey, createSecretKey } = crypto;
  const der = (name) => Buffer.from(env[name], 'base64');
  const shown = (key) => [key.type, key.asymmetricKeyType, key.asymmetricKeyDetails && key.asymmetricKeyDetails.modulusLength, key.asymmetricKeyDetails && key.asymmetricKeyDetails.namedCurve];
  const rsa = createPrivateKey(env.RSA_PKCS8);
  const ec = createPrivateKey(env.EC_PKCS8);
  const lines = (text) => text.replace(/\r/g, '').trim();

  const forms = {
    'rsa pkcs8': env.RSA_PKCS8, 'rsa pkcs1': env.RSA_PKCS1, 'rsa encrypted': { key: env.RSA_ENCRYPTED, passphrase: 'pässword' }, 'rsa der': { key: der('RSA_DER'), format: 'der', type: 'pkcs8' },
    'rsa jwk': { key: rsa.export({ format: 'jwk' }), format: 'jwk' }, 'rsa buffer': Buffer.from(env.RSA_PKCS8),
    'ec pkcs8': env.EC_PKCS8, 'ec sec1': env.EC_SEC1, 'ec der': { key: der('EC_DER'), format: 'der', type: 'pkcs8' }, 'ec jwk': { key: ec.export({ format: 'jwk' }), format: 'jwk' },
  };
  for (const [name, form] of Object.entries(forms)) {
    const isRsa = name.startsWith('rsa');
    await check(`private ${name}`, () => shown(createPrivateKey(form)));
    await check(`private ${name} is the same key`, () => createPrivateKey(form).equals(isRsa ? rsa : ec));
    await check(`private ${name} exports pkcs8`, () => lines(createPrivateKey(form).export({ type: 'pkcs8', format: 'pem' })) === lines(isRsa ? env.RSA_PKCS8 : env.EC_PKCS8));
    await check(`private ${name} exports its own form`, () => lines(createPrivateKey(form).export({ type: isRsa ? 'pkcs1' : 'sec1', format: 'pem' })) === lines(isRsa ? env.RSA_PKCS1 : env.EC_SEC1));
    await check(`public of ${name}`, () => shown(createPublicKey(form)));
    await check(`public of ${name} exports spki`, () => lines(createPublicKey(form).export({ type: 'spki', format: 'pem' })) === lines(isRsa ? env.RSA_SPKI : env.EC_SPKI));
    await check(`sign with ${name}`, () => {
      const signature = crypto.sign('sha256', Buffer.from('text'), createPrivateKey(form));
      return [crypto.verify('sha256', Buffer.from('text'), isRsa ? env.RSA_SPKI : env.EC_SPKI, signature), crypto.verify('sha256', Buffer.from('other'), isRsa ? env.RSA_SPKI : env.EC_SPKI, signature)];
    });
  }
  await check('rsa signature is the same', () => crypto.sign('sha256', Buffer.from('text'), env.RSA_PKCS8).equals(crypto.createSign('RSA-SHA256').update('text').sign(env.RSA_PKCS1)));
  for (const [name, form] of Object.entries({ spki: env.RSA_SPKI, pkcs1: env.RSA_PUBLIC_PKCS1, der: { key: der('RSA_PUBLIC_DER'), format: 'der', type: 'spki' } })) {
    await check(`public ${name}`, () => [shown(createPublicKey(form)), createPublicKey(form).equals(createPublicKey(env.RSA_SPKI))]);
    await check(`public ${name} exports pkcs1`, () => lines(createPublicKey(form).export({ type: 'pkcs1', format: 'pem' })) === lines(env.RSA_PUBLIC_PKCS1));
    await check(`public ${name} encrypts`, () => crypto.privateDecrypt(env.RSA_PKCS8, crypto.publicEncrypt(form, Buffer.from('secret'))).toString());
  }
  await check('rsa jwk fields', () => Object.keys(rsa.export({ format: 'jwk' })).sort());
  await check('rsa public jwk fields', () => Object.keys(createPublicKey(rsa).export({ format: 'jwk' })).sort());
  await check('ec jwk fields', () => { const { kty, crv, ...rest } = ec.export({ format: 'jwk' }); return [kty, crv, Object.keys(rest).sort()]; });
  await check('der export', () => [rsa.export({ type: 'pkcs8', format: 'der' }).equals(der('RSA_DER')), createPublicKey(rsa).export({ type: 'spki', format: 'der' }).equals(der('RSA_PUBLIC_DER'))]);
  await check('encrypted export', () => createPrivateKey({ key: rsa.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'q' }), passphrase: 'q' }).equals(rsa));
  await check('ieee signature', () => { const signature = crypto.sign('sha256', Buffer.from('t'), { key: env.EC_PKCS8, dsaEncoding: 'ieee-p1363' }); return [signature.length, crypto.verify('sha256', Buffer.from('t'), { key: env.EC_SPKI, dsaEncoding: 'ieee-p1363' }, signature)]; });
  await check('pss', () => { const options = { padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }; const signature = crypto.sign('sha256', Buffer.from('t'), { key: env.RSA_PKCS8, ...options }); return [signature.length, crypto.verify('sha256', Buffer.from('t'), { key: env.RSA_SPKI, ...options }, signature)]; });
  await check('secret key', () => { const key = createSecretKey(Buffer.from('secret')); return [key.type, key.symmetricKeySize, key.export(), key.export({ format: 'jwk' }), crypto.createHmac('sha256', key).update('a').digest('hex')]; });
  await check('wrong passphrase', () => { try { createPrivateKey({ key: env.RSA_ENCRYPTED, passphrase: 'x' }); return 'accepted'; } catch (error) { return error instanceof Error; } });
  await check('nonsense', () => { try { createPrivateKey('nonsense'); return 'accepted'; } catch (error) { return error instanceof Error; } });
  await check('public as private', () => { try { createPrivateKey(env.RSA_SPKI); return 'accepted'; } catch (error) { return error instanceof Error; } });
};
