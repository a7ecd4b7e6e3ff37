// Captured before the script's code runs: what the script does to its globals afterwards cannot change how it is
// called, how its answer is read, or how its errors are told apart. Scripts can spoil a facade only for themselves.
const indirectEval = eval;
const { bind, call } = Function.prototype;
const uncurryThis = bind.bind(call);
const { parse: jsonParse, stringify: jsonStringify } = JSON;
const { apply, defineProperty: tryToDefine, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf, ownKeys } = Reflect;
const { defineProperty, create, keys: objectKeys } = Object;
const { isArray } = Array;
const { isView } = ArrayBuffer;
const Bytes = Uint8Array;
const { captureStackTrace } = Error;
const PromiseConstructor = Promise;
const StringConstructor = String;
const TypeErrorConstructor = TypeError;
const slice = uncurryThis(String.prototype.slice);
const toWellFormed = uncurryThis(String.prototype.toWellFormed);
const dateValue = uncurryThis(Date.prototype.getTime);
const dateText = uncurryThis(Date.prototype.toISOString);
const weakGet = uncurryThis(WeakMap.prototype.get);
const weakSet = uncurryThis(WeakMap.prototype.set);
const mapGet = uncurryThis(Map.prototype.get);
const mapSet = uncurryThis(Map.prototype.set);
const mapDelete = uncurryThis(Map.prototype.delete);
const isError = Error.isError;

/** Defines a global the way V8 defines its own: writable, configurable, not enumerable. */
function defineGlobal(name, value) {
  defineProperty(globalThis, name, { __proto__: null, value, writable: true, configurable: true, enumerable: false });
}

/** Defines a global that is made when it is first read; a script that declares one of the same name never sees it. */
function defineLazyGlobal(name, make) {
  let isMade = false;
  let made;
  const keep = (value) => {
    made = value;
    isMade = true;
    // Refused where the script has frozen its global object: then it stays a getter.
    tryToDefine(globalThis, name, { __proto__: null, value, writable: true, configurable: true, enumerable: false });
    return value;
  };
  defineProperty(globalThis, name, {
    __proto__: null,
    get: () => (isMade ? made : keep(make())),
    set: keep,
    configurable: true,
    enumerable: false,
  });
}

/** Code of our own from the host: a function, or its text where that could not be compiled just then. */
const functionOf = (code, name) => (typeof code === 'function' ? code : indirectEval(`${code}\n//# sourceURL=lazymigrate:${name}`));

/** A part of the bootstrap that few runs need, made of what the others hand it when it is first asked for. */
function part(name, tools) {
  let made;
  return () => (made ??= functionOf(host('part', name), name)(tools()));
}

// An isolate is made before it is known for which run. What needs the run's settings waits here for them.
let settings;
const whenSettingsAreKnown = [];

function begin(settingsJson) {
  settings = jsonParse(settingsJson);
  for (let i = 0; i < whenSettingsAreKnown.length; i++) whenSettingsAreKnown[i]();
}

// Shared memory lets a script wait without running and escapes the array-buffer limit.
delete globalThis.SharedArrayBuffer;
delete globalThis.Atomics;
delete globalThis.WebAssembly;

// V8 calls the callbacks of its own between two runs of the event loop, where no limit is watched any more. Packages make
// registries when they are loaded, and have to do without callbacks anyway: they come when they come.
const SilentRegistry = class FinalizationRegistry {
  constructor(cleanup) {
    if (typeof cleanup !== 'function') throw new TypeErrorConstructor('FinalizationRegistry: cleanup must be callable');
  }

  register(target, held) {}

  unregister(token) { return false; }
};
defineProperty(SilentRegistry.prototype, Symbol.toStringTag, { __proto__: null, value: 'FinalizationRegistry', configurable: true });
defineGlobal('FinalizationRegistry', SilentRegistry);

/** Calls of modules and their replies: JSON text only, in both directions. */
const pendingCalls = new Map();
let lastCall = 0;

const moduleErrorTypes = { __proto__: null, TypeError, RangeError };

/** Turns a reply's error into an Error with the frames of the code that made the call. */
function moduleError(error, site) {
  const made = new (moduleErrorTypes[error.type] ?? Error)(error.message);
  for (const key of objectKeys(error)) {
    if (key !== 'message' && key !== 'type') made[key] = key === 'errno' ? +error[key] : error[key];
  }
  const stack = StringConstructor(site.stack);
  defineProperty(made, 'stack', {
    __proto__: null,
    value: `${made.name}: ${made.message}${slice(stack, stack.indexOf('\n') < 0 ? stack.length : stack.indexOf('\n'))}`,
    writable: true,
    configurable: true,
    enumerable: false,
  });
  return made;
}

/** Posts a call to a module's host part; the promise settles when its reply comes back through the queue. */
function callModule(module, operation, argument) {
  const site = {};
  captureStackTrace(site, callModule);
  const id = ++lastCall;
  const json = jsonStringify(argument ?? null);
  return new PromiseConstructor((resolve, reject) => {
    mapSet(pendingCalls, id, { resolve, reject, site });
    host('post', id, module, operation, json);
  });
}

/** Calls a module's host part and blocks the run until its reply is there. */
function callModuleSync(module, operation, argument) {
  const site = {};
  captureStackTrace(site, callModuleSync);
  const reply = jsonParse(host('call', module, operation, jsonStringify(argument ?? null)));
  if (reply.e) throw moduleError(reply.e, site);
  return reply.v;
}

function settleCall(id, json) {
  const pending = mapGet(pendingCalls, id);
  if (!pending) return;
  mapDelete(pendingCalls, id);
  const reply = jsonParse(json);
  if (reply.e) pending.reject(moduleError(reply.e, pending.site));
  else pending.resolve(reply.v);
}
