// Packages that an administrator brought along: Node's CommonJS loader over files that the host finds.
let broughtNames;
whenSettingsAreKnown.push(() => { broughtNames = new Set(settings.packages); });
const broughtFiles = new Map();
const broughtRequests = new Map();

/** "@scope/name" or "name" of what stands in require('…'); undefined for a relative path. */
const packageNameOf = (request) => /^(?:@[^/@]+\/)?[^./@][^/@]*/.exec(request)?.[0];

/** Node's own modules come before packages of the same name. */
const coreNames = new Set([
  'assert', 'buffer', 'crypto', 'events', 'fs', 'http', 'https', 'net', 'os', 'path', 'process', 'punycode', 'querystring',
  'stream', 'string_decoder', 'timers', 'tls', 'tty', 'url', 'util', 'vm', 'zlib', 'child_process', 'dns', 'module',
  'perf_hooks', 'worker_threads', 'constants', 'async_hooks', 'http2', 'readline',
]);

/** The file of a brought package that a request means, or null. `from` is the file that asks, null for the script. */
function findBrought(request, from) {
  const name = packageNameOf(request);
  if (name !== undefined && (!broughtNames.has(name) || (coreNames.has(name) && request === name))) return null;
  const folder = from === null ? '' : `${from.name}@${from.version}/${from.path.slice(0, from.path.lastIndexOf('/') + 1)}`;
  const key = `${folder}\n${request}`;
  let file = mapGet(broughtRequests, key);
  if (file === undefined) {
    file = callModuleSync('#packages', 'resolve', { request, ...from });
    mapSet(broughtRequests, key, file);
    const asked = from === null && /^(?:@[^/]+\/)?[^/@]+@([^/]+)/.exec(request)?.[1];
    if (file && asked && asked !== file.version && /^\d/.test(asked)) {
      console.warn(`${file.name}@${asked} was asked for; ${file.name}@${file.version} is there and is used.`);
    }
  }
  return file;
}

function loadBrought(file) {
  const key = `${file.name}@${file.version}/${file.path}`;
  const known = mapGet(broughtFiles, key);
  if (known) return known.exports;
  if (file.isEsModule) {
    throw Object.assign(
      new Error(`${file.name}@${file.version} is an ES module, which scripts cannot load: bring an older version of it that is CommonJS.`),
      { code: 'ERR_REQUIRE_ESM' });
  }
  const text = callModuleSync('#packages', 'read', file);
  const filename = `/${key}`;
  const loaded = { exports: {}, id: filename, filename, loaded: false, children: [], paths: [], require: requireFrom(file) };
  // Before it runs: packages that require each other see what there is so far, as in Node.
  mapSet(broughtFiles, key, loaded);
  try {
    if (file.path.endsWith('.json')) {
      loaded.exports = jsonParse(text);
    } else {
      const body = indirectEval(`(function (exports, require, module, __filename, __dirname) {${text.replace(/^#!.*/, '')}\n})\n//# sourceURL=lazymigrate:${key}`);
      apply(body, loaded.exports, [loaded.exports, loaded.require, loaded, filename, filename.slice(0, filename.lastIndexOf('/'))]);
    }
  } catch (error) {
    mapDelete(broughtFiles, key);
    throw error;
  }
  loaded.loaded = true;
  return loaded.exports;
}

/** The require function of a package's file. */
function requireFrom(file) {
  const find = (request) => findBrought(typeof request === 'string' ? request.replace(/^node:/, '') : '', file);
  function require(request) {
    const found = typeof request === 'string' && request.startsWith('node:') ? null : find(request);
    if (found) return loadBrought(found);
    // "buffer/" is a package's way to ask for the npm package instead of Node's module; ours serves both.
    if (typeof request === 'string' && packageNameOf(request) !== undefined) return requireBuiltIn(request.replace(/\/$/, ''));
    throw new UnknownModuleError(String(request));
  }
  require.resolve = (request) => {
    const found = find(request);
    if (found) return `/${found.name}@${found.version}/${found.path}`;
    throw new UnknownModuleError(String(request));
  };
  require.cache = {};
  require.extensions = {};
  return require;
}
