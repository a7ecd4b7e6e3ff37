// async: https://caolan.github.io/async/. Callbacks, and promises where none is given.
(function (kit, module) {
  'use strict';
  const onlyOnce = (callback) => {
    let called = false;
    return (...args) => {
      if (called) throw new Error('Callback was already called.');
      called = true;
      callback(...args);
    };
  };
  /** Tasks may be async functions. */
  const wrap = (task) => {
    if (Object.prototype.toString.call(task) !== '[object AsyncFunction]') return task;
    return (...args) => {
      const callback = args.pop();
      task(...args).then((value) => setImmediate(() => kit.guard(callback, null, value)), (error) => setImmediate(() => kit.guard(callback, error || new Error(String(error)))));
    };
  };
  const settled = (callback, start) => {
    if (typeof callback === 'function') {
      let done = false;
      start((...args) => {
        if (done) return;
        done = true;
        callback(...args);
      });
      return undefined;
    }
    return new Promise((resolve, reject) => { start((error, ...values) => (error ? reject(error) : resolve(values.length > 1 ? values : values[0]))); });
  };
  const entriesOf = (collection) => (Array.isArray(collection) || collection?.[Symbol.iterator] ? Array.from(collection, (value, i) => [i, value]) : Object.keys(collection ?? {}).map((key) => [key, collection[key]]));
  const resultOf = (values) => (values.length > 1 ? values : values[0]);

  /** Runs one step an entry, at most `limit` at once; calls back at the end or at the first error. */
  function run(entries, limit, step, done) {
    let [next, running, finished, isLooping] = [0, 0, false, false];
    const pump = () => {
      if (isLooping) return;
      isLooping = true;
      while (!finished && running < limit && next < entries.length) {
        const [key, value] = entries[next];
        const index = next++;
        running++;
        step(value, key, index, onlyOnce((error, stop) => {
          running--;
          if (finished) return;
          if (error || stop) {
            finished = true;
            done(error);
            return;
          }
          pump();
        }));
      }
      isLooping = false;
      if (!finished && running === 0 && next >= entries.length) {
        finished = true;
        done(null);
      }
    };
    pump();
  }

  const async = {};
  /** Defines name, nameSeries and nameLimit. */
  function family(name, act, { of = false } = {}) {
    async[name] = (collection, task, callback) => act(collection, task, callback, Infinity, of);
    async[`${name}Series`] = (collection, task, callback) => act(collection, task, callback, 1, of);
    async[`${name}Limit`] = (collection, limit, task, callback) => act(collection, task, callback, limit, of);
  }
  family('each', (collection, task, callback, limit) => settled(callback, (done) => run(entriesOf(collection), limit, (value, key, i, next) => wrap(task)(value, next), done)));
  family('eachOf', (collection, task, callback, limit) => settled(callback, (done) => run(entriesOf(collection), limit, (value, key, i, next) => wrap(task)(value, key, next), done)));
  family('map', (collection, task, callback, limit) => settled(callback, (done) => {
    const made = [];
    run(entriesOf(collection), limit, (value, key, i, next) => wrap(task)(value, (error, result) => { made[i] = result; next(error); }), (error) => done(error, made));
  }));
  family('concat', (collection, task, callback, limit) => settled(callback, (done) => {
    const made = [];
    run(entriesOf(collection), limit, (value, key, i, next) => wrap(task)(value, (error, ...results) => { made[i] = results; next(error); }), (error) => done(error, made.flat(2)));
  }));
  family('mapValues', (collection, task, callback, limit) => settled(callback, (done) => {
    const made = {};
    run(entriesOf(collection), limit, (value, key, i, next) => wrap(task)(value, key, (error, result) => { made[key] = result; next(error); }), (error) => done(error, made));
  }));
  const tests = (pick) => (collection, task, callback, limit) => settled(callback, (done) => {
    const passed = [];
    const entries = entriesOf(collection);
    const state = { found: undefined };
    run(entries, limit, (value, key, i, next) => wrap(task)(value, (error, truth) => {
      passed[i] = Boolean(truth);
      if (!error && truth && !('first' in state)) state.first = value;
      next(error, pick.stops?.(Boolean(truth)));
    }), (error) => (error ? done(error) : done(null, pick(entries.map(([, value]) => value), passed, state))));
  });
  family('filter', tests((values, passed) => values.filter((_, i) => passed[i])));
  family('reject', tests((values, passed) => values.filter((_, i) => !passed[i])));
  family('detect', tests(Object.assign((values, passed, state) => state.first, { stops: (truth) => truth })));
  family('some', tests(Object.assign((values, passed) => passed.some(Boolean), { stops: (truth) => truth })));
  family('every', tests(Object.assign((values, passed) => passed.every(Boolean), { stops: (truth) => !truth })));
  family('groupBy', (collection, task, callback, limit) => settled(callback, (done) => {
    const made = [];
    run(entriesOf(collection), limit, (value, key, i, next) => wrap(task)(value, (error, group) => { made[i] = [group, value]; next(error); }), (error) => {
      const groups = {};
      for (const [group, value] of made) (groups[group] ??= []).push(value);
      done(error, groups);
    });
  }));

  const gather = (tasks, limit, callback) => settled(callback, (done) => {
    const made = Array.isArray(tasks) ? [] : {};
    run(entriesOf(tasks), limit, (task, key, i, next) => wrap(task)((error, ...values) => { made[key] = resultOf(values); next(error); }), (error) => done(error, made));
  });
  Object.assign(async, {
    parallel: (tasks, callback) => gather(tasks, Infinity, callback),
    series: (tasks, callback) => gather(tasks, 1, callback),
    parallelLimit: (tasks, limit, callback) => gather(tasks, limit, callback),

    waterfall: (tasks, callback) => settled(callback, (done) => {
      if (!Array.isArray(tasks)) return done(new Error('First argument to waterfall must be an array of functions'));
      const step = (i, args) => {
        if (i === tasks.length) return done(null, ...args);
        return wrap(tasks[i])(...args, onlyOnce((error, ...values) => (error || error === false ? (error === false ? undefined : done(error, ...values)) : step(i + 1, values))));
      };
      return step(0, []);
    }),

    auto(tasks, concurrency, callback) {
      const [limit, call] = typeof concurrency === 'function' ? [Infinity, concurrency] : [concurrency || Infinity, callback];
      return settled(call, (done) => {
        const results = {};
        const waiting = new Map(Object.keys(tasks).map((name) => [name, Array.isArray(tasks[name]) ? tasks[name] : [tasks[name]]]));
        let [running, failed] = [0, false];
        for (const [name, parts] of waiting) {
          for (const needed of parts.slice(0, -1)) if (!(needed in tasks)) throw new Error(`async.auto task \`${name}\` has a non-existent dependency \`${needed}\` in ${parts.slice(0, -1).join(', ')}`);
        }
        const pump = () => {
          if (failed) return;
          if (waiting.size === 0 && running === 0) {
            done(null, results);
            return;
          }
          for (const [name, parts] of [...waiting]) {
            if (running >= limit || !parts.slice(0, -1).every((needed) => needed in results)) continue;
            waiting.delete(name);
            running++;
            const finish = onlyOnce((error, ...values) => {
              running--;
              results[name] = resultOf(values);
              if (error) {
                failed = true;
                done(error, results);
              } else pump();
            });
            if (parts.length > 1) wrap(parts.at(-1))(results, finish);
            else wrap(parts[0])(finish);
          }
        };
        pump();
      });
    },

    retry(options, task, callback) {
      const [given, action, call] = typeof options === 'function' ? [5, options, task] : [options, task, callback];
      const { times = 5, interval = 0, errorFilter = () => true } = typeof given === 'object' ? given : { times: given };
      return settled(call, (done) => {
        const attempt = (count) => wrap(action)((error, ...values) => {
          if (!error || count >= times || !errorFilter(error)) done(error, ...values);
          else setTimeout(attempt, typeof interval === 'function' ? interval(count + 1) : interval, count + 1);
        });
        attempt(1);
      });
    },
    retryable: (options, task) => (...args) => { const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined; return async.retry(options, (next) => wrap(task)(...args, next), callback); },
    reduce: (collection, memo, task, callback) => settled(callback, (done) => {
      let total = memo;
      run(entriesOf(collection), 1, (value, key, i, next) => wrap(task)(total, value, (error, result) => { total = result; next(error); }), (error) => done(error, total));
    }),
    sortBy: (collection, task, callback) => settled(callback, (done) => async.map(collection, (value, next) => wrap(task)(value, (error, by) => next(error, { value, by })), (error, list) => done(error, list?.sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0)).map(({ value }) => value)))),
    times: (count, task, callback) => async.map(Array.from({ length: count }, (_, i) => i), task, callback),
    timesSeries: (count, task, callback) => async.mapSeries(Array.from({ length: count }, (_, i) => i), task, callback),
    timesLimit: (count, limit, task, callback) => async.mapLimit(Array.from({ length: count }, (_, i) => i), limit, task, callback),
    whilst(test, task, callback) {
      return settled(callback, (done) => {
        let last = [];
        const check = (next) => (test.length === 0 && Object.prototype.toString.call(test) !== '[object AsyncFunction]' ? next(null, test()) : wrap(test)(next));
        const step = () => check((error, truth) => (error ? done(error) : truth ? wrap(task)((failure, ...values) => { last = values; return failure ? done(failure) : setImmediate(step); }) : done(null, ...last)));
        step();
      });
    },
    until: (test, task, callback) => async.whilst((next) => (test.length === 0 ? next(null, !test()) : wrap(test)((error, truth) => next(error, !truth))), task, callback),
    doWhilst: (task, test, callback) => { let first = true; return async.whilst((next) => { if (first) { first = false; return next(null, true); } return test.length < 1 ? next(null, test()) : wrap(test)(next); }, task, callback); },
    forever: (task, callback) => settled(callback, (done) => { const step = (error) => (error ? done(error) : wrap(task)((failure) => setImmediate(step, failure))); step(); }),
    race: (tasks, callback) => settled(callback, (done) => { for (const task of tasks) wrap(task)(done); }),
    apply: (action, ...held) => (...args) => action(...held, ...args),
    constant: (...values) => (...args) => args.pop()(null, ...values),
    asyncify: (action) => (...args) => { const callback = args.pop(); let value; try { value = action(...args); } catch (error) { callback(error); return; } if (typeof value?.then === 'function') value.then((each) => callback(null, each), (error) => callback(error || new Error(String(error)))); else callback(null, value); },
    reflect: (task) => (...args) => { const callback = args.pop(); wrap(task)(...args, (error, ...values) => callback(null, error ? { error } : { value: resultOf(values) })); },
    timeout: (task, ms) => (...args) => { const callback = args.pop(); let over = false; const timer = setTimeout(() => { over = true; callback(Object.assign(new Error(`Callback function "${task.name || 'anonymous'}" timed out.`), { code: 'ETIMEDOUT' })); }, ms); wrap(task)(...args, (...results) => { if (over) return; clearTimeout(timer); callback(...results); }); },
    memoize: (task, hasher = (key) => key) => { const memo = new Map(); return (...args) => { const callback = args.pop(); const key = hasher(...args); if (memo.has(key)) setImmediate(() => callback(...memo.get(key))); else wrap(task)(...args, (...results) => { if (!results[0]) memo.set(key, results); callback(...results); }); }; },
    setImmediate: (action, ...args) => setImmediate(action, ...args),
    nextTick: (action, ...args) => process.nextTick(action, ...args),

    queue(worker, concurrency = 1) {
      const waiting = [];
      const queue = {
        concurrency, started: false, paused: false, drain() {}, empty() {}, saturated() {}, error() {},
        push: (data, callback) => add(data, callback, false),
        unshift: (data, callback) => add(data, callback, true),
        length: () => waiting.length, running: () => running, idle: () => waiting.length + running === 0, workersList: () => [],
        pause() { queue.paused = true; }, resume() { queue.paused = false; pump(); }, kill() { waiting.length = 0; queue.drain = () => {}; },
      };
      let running = 0;
      const pump = () => {
        while (!queue.paused && running < queue.concurrency && waiting.length) {
          const { data, callback } = waiting.shift();
          if (!waiting.length) queue.empty();
          running++;
          wrap(worker)(data, onlyOnce((error, ...values) => {
            running--;
            callback?.(error, ...values);
            if (error) queue.error(error, data);
            if (waiting.length + running === 0) queue.drain();
            pump();
          }));
        }
      };
      const add = (data, callback, first) => {
        queue.started = true;
        const items = (Array.isArray(data) ? data : [data]).map((each) => ({ data: each, callback }));
        if (items.length === 0) setImmediate(() => queue.drain());
        if (first) waiting.unshift(...items);
        else waiting.push(...items);
        setImmediate(pump);
      };
      return queue;
    },
  });
  for (const [alias, name] of Object.entries({ forEach: 'each', forEachSeries: 'eachSeries', forEachLimit: 'eachLimit', forEachOf: 'eachOf', forEachOfSeries: 'eachOfSeries', forEachOfLimit: 'eachOfLimit', all: 'every', any: 'some', select: 'filter', find: 'detect', inject: 'reduce', foldl: 'reduce', during: 'whilst' })) async[alias] = async[name];
  async.default = async;
  module.exports = async;
})
