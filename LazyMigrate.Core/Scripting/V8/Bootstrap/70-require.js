// require('name'), require('name@version'), require('node:name'): facades come from the host, once a run.
const loadedModules = new Map();

/** What facades share. It holds functions only; the host function itself is never handed on. */
const kit = {
  __proto__: null,
  get BufferClass() { return bufferClass(); },
  fromBase64: (text) => bufferClass().over(nativeFromBase64(text)),
  toBase64,
  toBytes: (value, encoding) => (typeof value === 'string' ? encodeText(value, encoding) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength)),
  inspect,
  format,
  threw,
  get URL() { return urlPart().URL; },
  get URLSearchParams() { return urlPart().URLSearchParams; },

  /** What a script says about TLS (`true`, or options of Node's tls.connect) as TlsSettings.cs reads it. */
  tls(given) {
    if (!given) return undefined;
    const pem = (value) => {
      if (value === undefined || value === null) return undefined;
      return isArray(value) ? value.map(pem).join('\n') : typeof value === 'string' ? value : bufferClass().from(value).toString();
    };
    const pkcs12 = (value) => {
      if (value === undefined || value === null) return undefined;
      // Node takes a string here as bytes, one a character.
      return toBase64(typeof value === 'string' ? encodeText(value, 'latin1') : kit.toBytes(value.buf ?? value));
    };
    return {
      verify: given.rejectUnauthorized !== false,
      ca: pem(given.ca),
      cert: pem(given.cert),
      key: pem(given.key),
      pfx: pkcs12(isArray(given.pfx) ? given.pfx[0] : given.pfx),
      passphrase: given.passphrase === undefined || given.passphrase === null ? undefined : StringConstructor(given.passphrase),
      servername: given.servername,
    };
  },

  /** Node's two habits in one: with a callback it is called later, without one a promise is returned. */
  answer(promise, callback) {
    if (typeof callback !== 'function') return promise;
    promiseThen(promise, (value) => guard(callback, null, value), (error) => guard(callback, error));
    return undefined;
  },
};

/** Calls a callback of the script; what it throws ends the run, as an uncaught exception ends Node. */
function guard(callback, ...args) {
  try {
    apply(callback, undefined, args);
  } catch (error) {
    threw(error);
  }
}
kit.guard = guard;

// Facades are handed one object each that inherits from it: none changes what the others get.
Object.freeze(kit);

/** What a script's own require gives: a brought package where there is one of that name, else what is built in. */
function requireModule(name) {
  const brought = typeof name === 'string' && broughtNames.size > 0 && !name.startsWith('node:') ? findBrought(name, null) : null;
  return brought ? loadBrought(brought) : requireBuiltIn(name);
}

function requireBuiltIn(name) {
  if (typeof name !== 'string' || name === '') {
    throw Object.assign(new TypeError('The "id" argument must be a non-empty string.'), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  const bare = name.startsWith('node:') ? name.slice(5) : name;
  const [, id, version, path] = /^((?:@[^/@]+\/)?[^/@]+)(?:@([^/]*))?(\/.*)?$/.exec(bare) ?? [undefined, bare];
  const key = `${id}${path ?? ''}`;
  let loaded = mapGet(loadedModules, key);
  if (!loaded) {
    const facade = host('facade', key, version ?? '');
    if (facade === undefined) throw new UnknownModuleError(key);
    loaded = { exports: {} };
    mapSet(loadedModules, key, loaded);
    const own = {
      __proto__: kit,
      // As it was required first: a facade whose package changed its habits between versions looks at it.
      version: version ?? '',
      call: (operation, argument) => callModule(key, operation, argument),
      callSync: (operation, argument) => callModuleSync(key, operation, argument),
    };
    functionOf(facade, key)(own, loaded, requireBuiltIn);
  }
  return loaded.exports;
}

const scriptModule = { exports: {} };
defineGlobal('require', function require(name) { return requireModule(name); });
defineGlobal('module', scriptModule);
defineGlobal('exports', scriptModule.exports);
