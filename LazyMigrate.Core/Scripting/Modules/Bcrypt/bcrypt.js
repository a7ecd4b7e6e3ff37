// bcrypt and bcryptjs: https://github.com/kelektiv/node.bcrypt.js. The host part is BcryptSession.cs.
(function (kit, module) {
  'use strict';
  // A Buffer is taken as its text, as bcrypt does; anything else is refused by the host part.
  const textOf = (value) => (ArrayBuffer.isView(value) ? Buffer.from(value).toString('utf8') : value);
  const hashArgument = (data, salt) => (typeof salt === 'string' ? { data: textOf(data), salt } : { data: textOf(data), rounds: salt });

  function genSaltArgument(args) {
    const [rounds, minor] = args;
    return { rounds: typeof rounds === 'number' ? rounds : undefined, minor: typeof minor === 'string' ? minor : undefined };
  }

  const callbackOf = (args) => (typeof args.at(-1) === 'function' ? args.pop() : undefined);

  const bcrypt = {
    compare(data, hash, callback) { return kit.answer(kit.call('compare', { data: textOf(data), hash: textOf(hash) }), callback); },
    compareSync(data, hash) { return kit.callSync('compare', { data: textOf(data), hash: textOf(hash) }); },

    hash(data, salt, callback) {
      const call = typeof salt === 'function' ? salt : callback;
      return kit.answer(kit.call('hash', hashArgument(data, typeof salt === 'function' ? undefined : salt)), call);
    },
    hashSync(data, salt) { return kit.callSync('hash', hashArgument(data, salt)); },

    genSalt(...args) {
      const callback = callbackOf(args);
      return kit.answer(kit.call('genSalt', genSaltArgument(args)), callback);
    },
    genSaltSync(...args) { return kit.callSync('genSalt', genSaltArgument(args)); },

    getRounds(hash) { return kit.callSync('getRounds', { hash }); },
  };
  bcrypt.default = bcrypt;
  module.exports = bcrypt;
})
