// The console, captured line by line by the host, and the small globals that scripts expect of Node.
const consoleCounts = new Map();

function write(level, args) {
  // Longer than what is kept, so that a secret across the cut is still masked as a whole.
  host('console', level, toWellFormed(slice(format(...args), 0, settings.consoleLineLength + errorTextLength)));
}

const scriptConsole = {
  debug(...args) { write('Debug', args); },
  log(...args) { write('Log', args); },
  info(...args) { write('Info', args); },
  warn(...args) { write('Warn', args); },
  error(...args) { write('Error', args); },
  trace(...args) { write('Debug', args); },
  dir(value, options) { write('Log', [inspect(value, options)]); },
  table(value) { write('Log', [value]); },
  assert(condition, ...args) { if (!condition) write('Error', ['Assertion failed', ...args]); },
  count(label = 'default') {
    consoleCounts.set(label, (consoleCounts.get(label) ?? 0) + 1);
    write('Log', [`${label}: ${consoleCounts.get(label)}`]);
  },
  group(...args) { if (args.length) write('Log', args); },
  groupEnd() {},
  time() {},
  timeEnd() {},
  timeLog() {},
};
defineGlobal('console', scriptConsole);
defineGlobal('global', globalThis);

const environment = { ...settings.variables };
defineGlobal('env', environment);

const started = Date.now();
defineGlobal('process', {
  env: environment,
  argv: ['node', 'script.js'],
  platform: 'linux',
  version: 'v20.0.0',
  versions: { node: '20.0.0' },
  cwd: () => '/',
  uptime: () => (Date.now() - started) / 1000,
  hrtime: Object.assign(
    (previous = [0, 0]) => {
      const now = Date.now() - started;
      return [Math.floor(now / 1000) - previous[0], (now % 1000) * 1e6 - previous[1]];
    },
    { bigint: () => BigInt(Date.now() - started) * 1000000n }),
  nextTick: (callback, ...args) => { queueMicrotask(() => callback(...args)); },
  on() { return this; },
  once() { return this; },
  off() { return this; },
  emitWarning: (warning) => { scriptConsole.warn(warning); },
  exit: () => { throw new Error('process.exit is not available: return from the function instead.'); },
});

/** Copies what JSON can hold, and dates, maps, sets and bytes; a function is refused as in the standard. */
defineGlobal('structuredClone', function structuredClone(value) {
  const copies = new Map();
  const copy = (item) => {
    if (typeof item === 'function' || typeof item === 'symbol') throw Object.assign(new Error(`${String(item)} could not be cloned.`), { name: 'DataCloneError', code: 25 });
    if (typeof item !== 'object' || item === null) return item;
    if (copies.has(item)) return copies.get(item);
    let made;
    if (item instanceof Date) made = new Date(item.getTime());
    else if (item instanceof RegExp) made = new RegExp(item.source, item.flags);
    else if (item instanceof ArrayBuffer) made = item.slice(0);
    else if (ArrayBuffer.isView(item)) made = item instanceof BufferClass ? BufferClass.from(item) : new item.constructor(item);
    if (made) {
      copies.set(item, made);
      return made;
    }
    if (item instanceof Map) {
      copies.set(item, made = new Map());
      for (const [key, each] of item) made.set(copy(key), copy(each));
    } else if (item instanceof Set) {
      copies.set(item, made = new Set());
      for (const each of item) made.add(copy(each));
    } else if (isError(item)) {
      copies.set(item, made = new Error(item.message));
      made.name = item.name;
    } else {
      copies.set(item, made = isArray(item) ? [] : {});
      for (const key of objectKeys(item)) made[key] = copy(item[key]);
    }
    return made;
  };
  return copy(value);
});

// Timers: the host keeps the clock and calls back through the run's queue.
const timers = new Map();
const timersLimit = 10000;
let lastTimer = 0;

class Timeout {
  #id;
  constructor(id) { this.#id = id; }
  static idOf(timer) { return typeof timer === 'object' && timer !== null && #id in timer ? timer.#id : Number(timer); }
  ref() { return this; }
  unref() { return this; }
  hasRef() { return true; }
  refresh() { return this; }
  close() { stopTimer(this); return this; }
  [Symbol.toPrimitive]() { return this.#id; }
}

function startTimer(callback, delay, args, repeat) {
  if (typeof callback !== 'function') {
    throw Object.assign(new TypeError('The "callback" argument must be of type function.'), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  if (timers.size >= timersLimit) throw new RangeError(`A script may have ${timersLimit} timers at most.`);
  const id = ++lastTimer;
  const milliseconds = delay >= 1 && delay <= 0x7fffffff ? Math.trunc(delay) : 1;
  mapSet(timers, id, { callback, args, repeat, milliseconds });
  host('timer', id, delay === undefined && !repeat ? 0 : milliseconds);
  return new Timeout(id);
}

function stopTimer(timer) {
  const id = Timeout.idOf(timer);
  if (mapDelete(timers, id)) host('clear', id);
}

function fireTimer(id) {
  const timer = mapGet(timers, id);
  if (!timer) return;
  if (timer.repeat) host('timer', id, timer.milliseconds);
  else mapDelete(timers, id);
  apply(timer.callback, undefined, timer.args);
}

defineGlobal('setTimeout', function setTimeout(callback, delay, ...args) { return startTimer(callback, delay ?? 1, args, false); });
defineGlobal('setInterval', function setInterval(callback, delay, ...args) { return startTimer(callback, delay ?? 1, args, true); });
defineGlobal('setImmediate', function setImmediate(callback, ...args) { return startTimer(callback, undefined, args, false); });
for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate']) {
  defineGlobal(name, { [name](timer) { if (timer !== undefined && timer !== null) stopTimer(timer); } }[name]);
}

const resolved = PromiseConstructor.resolve();
const promiseThen = uncurryThis(PromiseConstructor.prototype.then);
defineGlobal('queueMicrotask', function queueMicrotask(callback) {
  if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function.');
  promiseThen(resolved, () => {
    try {
      callback();
    } catch (error) {
      threw(error);
    }
  });
});
