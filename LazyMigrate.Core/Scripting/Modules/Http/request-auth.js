// request: who asks, at once or where the server wants to know.
(function (kit, require, parts) {
  'use strict';
  const { createHash, randomBytes } = require('crypto');

  const toBase64 = (text) => kit.BufferClass.from(text || '', 'utf8').toString('base64');
  const md5 = (text) => createHash('md5').update(text).digest('hex');

  /** RFC 2617, 3.2.2. */
  function digestOf(method, path, header, { user, pass }) {
    const challenge = {};
    for (const [, name, quoted, bare] of header.matchAll(/([a-z0-9_-]+)=(?:"([^"]+)"|([a-z0-9_-]+))/gi)) challenge[name] = quoted || bare;
    const qop = /(^|,)\s*auth\s*($|,)/.test(challenge.qop) && 'auth';
    const nc = qop && '00000001';
    const cnonce = qop && randomBytes(16).toString('hex');
    const first = md5(`${user}:${challenge.realm}:${pass}`);
    const ha1 = challenge.algorithm?.toLowerCase() === 'md5-sess' ? md5(`${first}:${challenge.nonce}:${cnonce}`) : first;
    const ha2 = md5(`${method}:${path}`);
    const response = md5(qop ? `${ha1}:${challenge.nonce}:${nc}:${cnonce}:${qop}:${ha2}` : `${ha1}:${challenge.nonce}:${ha2}`);
    const fields = { username: user, realm: challenge.realm, nonce: challenge.nonce, uri: path, qop, response, nc, cnonce, algorithm: challenge.algorithm, opaque: challenge.opaque };
    return `Digest ${Object.entries(fields).filter(([, value]) => value).map(([name, value]) => (['qop', 'nc', 'algorithm'].includes(name) ? `${name}=${value}` : `${name}="${value}"`)).join(', ')}`;
  }

  const authMethods = {
    auth(user, pass, sendImmediately, bearer) {
      const state = this._authState;
      if (bearer === undefined && user === undefined) {
        this.emit('error', new Error('no auth mechanism defined'));
        return this;
      }
      if (bearer === undefined && (typeof user !== 'string' || (pass !== undefined && typeof pass !== 'string'))) this.emit('error', new Error('auth() received invalid user or password'));
      Object.assign(state, { hasAuth: true, user, pass, bearer });
      if (sendImmediately === undefined || sendImmediately) {
        state.sentAuth = true;
        this.setHeader('authorization', bearer === undefined ? `Basic ${toBase64(`${user}:${pass || ''}`)}` : `Bearer ${(typeof bearer === 'function' ? bearer() : bearer) || ''}`);
      }
      return this;
    },
    _authAgain(response) {
      const state = this._authState;
      if (!state.hasAuth || state.sentAuth) return null;
      const challenge = String(response.headers['www-authenticate'] ?? '');
      state.sentAuth = true;
      switch (challenge.split(' ')[0].toLowerCase()) {
        case 'basic': return `Basic ${toBase64(`${state.user}:${state.pass || ''}`)}`;
        case 'bearer': return `Bearer ${(typeof state.bearer === 'function' ? state.bearer() : state.bearer) || ''}`;
        case 'digest': return digestOf(this.method, this.path, challenge, state);
        default:
          state.sentAuth = false;
          return null;
      }
    },
  };

  return { authMethods };
})
