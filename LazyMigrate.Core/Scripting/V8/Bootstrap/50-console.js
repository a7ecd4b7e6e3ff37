// The console, captured line by line by the host, and the small globals that scripts expect of Node.
const consoleCounts = new Map();
const consoleTimes = new Map();
let consoleIndent = '';

function write(level, args) {
  // Longer than what is kept, so that a secret across the cut is still masked as a whole.
  const text = format(...args);
  host('console', level, toWellFormed(slice(consoleIndent ? `${consoleIndent}${text.replace(/\n/g, `\n${consoleIndent}`)}` : text, 0, settings.consoleLineLength + errorTextLength)));
}

const scriptConsole = {
  debug(...args) { write('Debug', args); },
  log(...args) { write('Log', args); },
  info(...args) { write('Info', args); },
  warn(...args) { write('Warn', args); },
  error(...args) { write('Error', args); },
  trace(...args) {
    const site = {};
    captureStackTrace(site, scriptConsole.trace);
    const frames = (errorField(site, 'stack') ?? '').split('\n').filter((line) => line.includes('script.js:'));
    write('Debug', [[format('Trace:', ...args), ...frames].join('\n')]);
  },
  dir(value, options) { write('Log', [inspect(value, options)]); },
  table(value, columns) { write('Log', [tableText(value, columns)]); },
  assert(condition, ...args) { if (!condition) write('Error', ['Assertion failed', ...args]); },
  count(label = 'default') {
    consoleCounts.set(label, (consoleCounts.get(label) ?? 0) + 1);
    write('Log', [`${label}: ${consoleCounts.get(label)}`]);
  },
  countReset(label = 'default') { consoleCounts.delete(label); },
  group(...args) {
    if (args.length) write('Log', args);
    consoleIndent += '  ';
  },
  groupEnd() { consoleIndent = consoleIndent.slice(2); },
  time(label = 'default') { consoleTimes.set(label, host('clock')); },
  timeLog(label = 'default', ...args) { write('Log', [timeText(label), ...args]); },
  timeEnd(label = 'default') {
    write('Log', [timeText(label)]);
    consoleTimes.delete(label);
  },
};
scriptConsole.groupCollapsed = scriptConsole.group;

const timeText = (label) => (consoleTimes.has(label) ? `${label}: ${(host('clock') - consoleTimes.get(label)).toFixed(3)}ms` : `No such label '${label}' for console.time()`);

/** Rows and columns as Node draws them, in plain characters; what is no table is shown as it is. */
function tableText(value, columns) {
  if (typeof value !== 'object' || value === null) return value;
  const rows = [];
  const names = [];
  for (const key of objectKeys(value).slice(0, inspectItems)) {
    const row = { __proto__: null, '(index)': key };
    const item = value[key];
    if (typeof item === 'object' && item !== null) {
      for (const name of columns ?? objectKeys(item).slice(0, inspectItems)) {
        if (!(name in item)) continue;
        row[name] = inspect(item[name], { depth: 0 });
        if (!names.includes(name)) names.push(name);
      }
    } else {
      row.Values = inspect(item);
    }
    rows.push(row);
  }
  const heads = ['(index)', ...names, ...rows.some((row) => 'Values' in row) ? ['Values'] : []];
  const widths = heads.map((head) => Math.max(head.length, ...rows.map((row) => (row[head] ?? '').length)));
  const line = (row) => `| ${heads.map((head, i) => (row[head] ?? '').padEnd(widths[i])).join(' | ')} |`;
  return [line(Object.fromEntries(heads.map((head) => [head, head]))), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}

defineGlobal('console', scriptConsole);
defineGlobal('global', globalThis);

let started = Date.now();
whenSettingsAreKnown.push(() => {
  started = Date.now();
  const environment = { ...settings.variables };
  defineGlobal('env', environment);
  process.env = environment;
});

/** Libraries ask these streams for colours; what is written becomes a line of the console. */
const terminal = (fd, level) => ({
  fd,
  isTTY: false,
  columns: 80,
  write(text) {
    scriptConsole[level](StringConstructor(text).replace(/\n$/, ''));
    return true;
  },
  on() { return this; },
  once() { return this; },
  end() {},
});
defineGlobal('process', {
  env: undefined,
  argv: ['node', 'script.js'],
  platform: 'linux',
  version: 'v20.20.0',
  versions: { node: '20.20.0' },
  cwd: () => '/',
  uptime: () => (Date.now() - started) / 1000,
  hrtime: Object.assign(
    (previous = [0, 0]) => {
      const now = Date.now() - started;
      return [Math.floor(now / 1000) - previous[0], (now % 1000) * 1e6 - previous[1]];
    },
    { bigint: () => BigInt(Date.now() - started) * 1000000n }),
  nextTick: (callback, ...args) => { queueMicrotask(() => callback(...args)); },
  stdout: terminal(1, 'log'),
  stderr: terminal(2, 'error'),
  title: 'node',
  pid: 1,
  ppid: 0,
  arch: 'x64',
  execArgv: [],
  execPath: '/usr/bin/node',
  release: { name: 'node' },
  config: { variables: {} },
  features: {},
  memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
  cpuUsage: () => ({ user: 0, system: 0 }),
  on() { return this; },
  once() { return this; },
  off() { return this; },
  addListener() { return this; },
  removeListener() { return this; },
  removeAllListeners() { return this; },
  listeners: () => [],
  emit: () => false,
  emitWarning: (warning) => { scriptConsole.warn(warning); },
  exit: () => { throw new Error('process.exit is not available: return from the function instead.'); },
});

// Axios before version 1 tells Node by this tag.
defineProperty(process, Symbol.toStringTag, { __proto__: null, value: 'process', writable: false, enumerable: false, configurable: true });

const boxedTypes = [Number, String, Boolean, BigInt];
const errorTypes = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];

/** A view of a buffer of its own; a Buffer becomes a Uint8Array, as in Node. */
function copyOfView(view) {
  const bytes = view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
  return new (BufferClass && view instanceof BufferClass ? Uint8Array : view.constructor)(bytes);
}

/** As the standard has it, cycles too: own fields, dates, maps, sets, bytes, errors; functions and symbols are refused. */
defineGlobal('structuredClone', function structuredClone(value) {
  const copies = new Map();
  const copy = (item) => {
    if (typeof item === 'function' || typeof item === 'symbol') throw new DOMException(`${String(item)} could not be cloned.`, 'DataCloneError');
    if (typeof item !== 'object' || item === null) return item;
    if (copies.has(item)) return copies.get(item);
    let made;
    if (item instanceof Date) made = new Date(item.getTime());
    else if (item instanceof RegExp) made = new RegExp(item.source, item.flags);
    else if (item instanceof ArrayBuffer) made = item.slice(0);
    else if (ArrayBuffer.isView(item)) made = copyOfView(item);
    else if (boxedTypes.some((type) => item instanceof type)) made = Object(item.valueOf());
    else if (item instanceof PromiseConstructor || item instanceof WeakMap || item instanceof WeakSet || item instanceof WeakRef) throw new DOMException(`${inspect(item)} could not be cloned.`, 'DataCloneError');
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
      const type = errorTypes.find((each) => each.name === errorField(item, 'name')) ?? Error;
      copies.set(item, made = new type(errorField(item, 'message') ?? ''));
      made.stack = errorField(item, 'stack');
      if ('cause' in item) defineProperty(made, 'cause', { __proto__: null, value: copy(item.cause), writable: true, configurable: true });
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
const promisified = Symbol.for('nodejs.util.promisify.custom');
defineProperty(globalThis.setTimeout, promisified, { __proto__: null, value: (delay, value) => new PromiseConstructor((resolve) => { startTimer(() => resolve(value), delay ?? 1, [], false); }), configurable: true });
defineProperty(globalThis.setImmediate, promisified, { __proto__: null, value: (value) => new PromiseConstructor((resolve) => { startTimer(() => resolve(value), undefined, [], false); }), configurable: true });
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
