// bluebird 3: http://bluebirdjs.com/docs/api-reference.html. A subclass of the language's Promise; cancellation is not there.
(function (kit, module) {
  'use strict';
  const named = (name, code) => {
    const Type = { [name]: class extends Error {} }[name];
    Object.defineProperty(Type.prototype, 'name', { value: name, writable: true, configurable: true });
    if (code) Type.prototype[code] = true;
    return Type;
  };
  const OperationalError = named('OperationalError', 'isOperational');
  const TimeoutError = named('TimeoutError', 'isOperational');
  const CancellationError = named('CancellationError');
  class AggregateError extends Array {}
  const operational = (error) => {
    const made = Error.isError(error) || error instanceof Error ? error : new Error(String(error));
    try { Object.defineProperty(made, 'isOperational', { value: true, configurable: true, enumerable: false }); } catch { /* frozen */ }
    return made;
  };
  const matches = (filters, error) => filters.some((filter) => {
    if (typeof filter === 'function') return filter === Error || filter.prototype instanceof Error ? error instanceof filter : Boolean(filter(error));
    return typeof filter === 'object' && filter !== null && Object.keys(filter).every((key) => error?.[key] === filter[key]);
  });
  const listOf = async (input) => Promise.all(Array.from(await input));
  const run = (action) => new Bluebird((resolve) => { resolve(action()); });

  let isWatching = false;

  class Bluebird extends Promise {
    constructor(executor) {
      let state;
      super((resolve, reject) => {
        state = { resolve, reject };
      });
      this._state = { status: 'pending' };
      Object.defineProperty(this, '_state', { enumerable: false });
      // Watched by a plain promise: one of ours would be watched itself, and so on.
      isWatching = true;
      super.then((value) => { Object.assign(this._state, { status: 'fulfilled', value }); }, (reason) => { Object.assign(this._state, { status: 'rejected', value: reason }); });
      isWatching = false;
      if (typeof executor !== 'function') throw new TypeError(`expecting a function but got ${kit.inspect(executor)}`);
      try {
        executor(state.resolve, state.reject, () => {});
      } catch (error) {
        state.reject(error);
      }
    }
    static get [Symbol.species]() { return isWatching ? Promise : this; }

    catch(...args) {
      const handler = args.pop();
      return args.length === 0 ? this.then(undefined, handler) : this.then(undefined, (error) => { if (matches(args, error)) return handler(error); throw error; });
    }
    caught(...args) { return this.catch(...args); }
    error(handler) { return this.catch((error) => error?.isOperational === true, handler); }
    lastly(handler) { return this.finally(handler); }
    tap(action) { return this.then((value) => Bluebird.resolve(action(value)).then(() => value)); }
    tapCatch(...args) {
      const action = args.pop();
      return this.then(undefined, (error) => {
        if (args.length && !matches(args, error)) throw error;
        return Bluebird.resolve(action(error)).then(() => { throw error; });
      });
    }
    spread(action) { return this.then(listOf).then((values) => action(...values)); }
    delay(ms) { return this.then((value) => Bluebird.delay(ms, value)); }
    timeout(ms, message = 'operation timed out') {
      return new Bluebird((resolve, reject) => {
        const timer = setTimeout(() => reject(message instanceof Error ? message : new TimeoutError(message)), ms);
        this.then((value) => { clearTimeout(timer); resolve(value); }, (error) => { clearTimeout(timer); reject(error); });
      });
    }
    asCallback(callback, options) {
      if (typeof callback !== 'function') return this;
      this.then(
        (value) => setImmediate(() => (options?.spread && Array.isArray(value) ? kit.guard(callback, null, ...value) : value === undefined ? kit.guard(callback, null) : kit.guard(callback, null, value))),
        (error) => setImmediate(() => kit.guard(callback, error || Object.assign(new Error(String(error)), { cause: error }))));
      return this;
    }
    nodeify(callback, options) { return this.asCallback(callback, options); }
    done(success, failure) { this.then(success, failure).then(undefined, (error) => setImmediate(() => kit.threw(error))); }
    return(value) { return this.then(() => value); }
    thenReturn(value) { return this.return(value); }
    throw(error) { return this.then(() => { throw error; }); }
    thenThrow(error) { return this.throw(error); }
    catchReturn(...args) { const value = args.pop(); return this.catch(...args, () => value); }
    catchThrow(...args) { const error = args.pop(); return this.catch(...args, () => { throw error; }); }
    get(key) { return this.then((object) => (typeof key === 'number' && key < 0 ? object[object.length + key] : object[key])); }
    call(name, ...args) { return this.then((object) => object[name](...args)); }
    bind(self) {
      const bound = this.then((value) => value);
      bound.then = (success, failure) => Promise.prototype.then.call(bound, typeof success === 'function' ? success.bind(self) : success, typeof failure === 'function' ? failure.bind(self) : failure);
      return bound;
    }
    reflect() {
      const inspection = (isFulfilled, value) => ({ isFulfilled: () => isFulfilled, isRejected: () => !isFulfilled, isPending: () => false, isCancelled: () => false, value: () => value, reason: () => value, error: () => value });
      return this.then((value) => inspection(true, value), (error) => inspection(false, error));
    }
    isFulfilled() { return this._state.status === 'fulfilled'; }
    isRejected() { return this._state.status === 'rejected'; }
    isPending() { return this._state.status === 'pending'; }
    isCancelled() { return false; }
    isResolved() { return !this.isPending(); }
    value() { if (!this.isFulfilled()) throw new TypeError('cannot get fulfillment value of a non-fulfilled promise'); return this._state.value; }
    reason() { if (!this.isRejected()) throw new TypeError('cannot get rejection reason of a non-rejected promise'); return this._state.value; }
    cancel() {}
    suppressUnhandledRejections() {}
    disposer(dispose) { return { promise: this, dispose }; }

    static try(action) { return run(action); }
    static attempt(action) { return run(action); }
    static method(action) { return function (...args) { return run(() => action.apply(this, args)); }; }
    static cast(value) { return Bluebird.resolve(value); }
    static fulfilled(value) { return Bluebird.resolve(value); }
    static rejected(error) { return Bluebird.reject(error); }
    static is(value) { return typeof value?.then === 'function'; }
    static delay(ms, value) { return Bluebird.resolve(value).then((settled) => new Bluebird((resolve) => { setTimeout(() => resolve(settled), ms); })); }
    static defer() {
      const deferred = {};
      deferred.promise = new Bluebird((resolve, reject) => { Object.assign(deferred, { resolve, fulfill: resolve, reject }); });
      deferred.callback = (error, value) => (error ? deferred.reject(operational(error)) : deferred.resolve(value));
      return deferred;
    }
    static all(input) { return Bluebird.resolve(listOf(input)); }
    static allSettled(input) { return Bluebird.resolve(input).then((list) => Promise.allSettled(Array.from(list))); }
    static race(input) { return Bluebird.resolve(input).then((list) => Promise.race(Array.from(list))); }
    static props(input) {
      return Bluebird.resolve(input).then(async (object) => {
        if (object instanceof Map) return new Map(await Promise.all([...object].map(async ([key, value]) => [key, await value])));
        const names = Object.keys(object);
        const values = await Promise.all(names.map((name) => object[name]));
        return Object.fromEntries(names.map((name, i) => [name, values[i]]));
      });
    }
    static any(input) { return Bluebird.some(input, 1).then(([first]) => first); }
    static some(input, count) {
      return Bluebird.resolve(input).then((list) => new Bluebird((resolve, reject) => {
        const all = Array.from(list);
        const [values, errors] = [[], new AggregateError()];
        if (all.length < count) reject(new RangeError(`Input array must contain at least ${count} items but contains only ${all.length} items`));
        else if (count === 0) resolve([]);
        for (const each of all) {
          Bluebird.resolve(each).then(
            (value) => { if (values.push(value) === count) resolve([...values]); },
            (error) => { if (errors.push(error) > all.length - count) reject(errors); });
        }
      }));
    }
    static map(input, action, options) {
      return Bluebird.resolve(input).then(async (list) => {
        const all = Array.from(list);
        const made = new Array(all.length);
        let next = 0;
        const worker = async () => {
          while (next < all.length) {
            const i = next++;
            made[i] = await action(await all[i], i, all.length);
          }
        };
        await Promise.all(Array.from({ length: Math.min(options?.concurrency || all.length, all.length) }, worker));
        return made;
      });
    }
    static mapSeries(input, action) {
      return Bluebird.resolve(input).then(async (list) => {
        const all = Array.from(list);
        const made = [];
        for (let i = 0; i < all.length; i++) made.push(await action(await all[i], i, all.length));
        return made;
      });
    }
    static each(input, action) { return Bluebird.mapSeries(input, async (value, i, length) => { await action(value, i, length); return value; }); }
    static filter(input, test, options) { return Bluebird.map(input, async (value, i, length) => [await test(value, i, length), value], options).then((list) => list.filter(([keep]) => keep).map(([, value]) => value)); }
    static reduce(input, action, initial) {
      return Bluebird.resolve(input).then(async (list) => {
        const all = Array.from(list);
        let start = 0;
        let total = await initial;
        if (initial === undefined) total = await all[start++];
        for (let i = start; i < all.length; i++) total = await action(total, await all[i], i, all.length);
        return total;
      });
    }
    static join(...values) {
      const action = typeof values.at(-1) === 'function' ? values.pop() : undefined;
      return Bluebird.all(values).then((list) => (action ? action(...list) : list));
    }
    static fromCallback(action, options) {
      return new Bluebird((resolve, reject) => {
        action((error, ...values) => (error ? reject(operational(error)) : resolve(options?.multiArgs ? values : values[0])));
      });
    }
    static fromNode(action, options) { return Bluebird.fromCallback(action, options); }
    static promisify(action, options) {
      if (typeof action !== 'function') throw new TypeError(`expecting a function but got ${kit.inspect(action)}`);
      if (action.__isPromisified__) return action;
      const promisified = function (...args) { return Bluebird.fromCallback((callback) => action.call(options?.context ?? this, ...args, callback), options); };
      Object.defineProperty(promisified, '__isPromisified__', { value: true });
      return promisified;
    }
    static promisifyAll(target, options = {}) {
      if (typeof target !== 'function' && (typeof target !== 'object' || target === null)) throw new TypeError('the target of promisifyAll must be an object or a function');
      const { suffix = 'Async', filter = (name) => /^[a-z$][a-z$_0-9]*$/i.test(name) && !name.startsWith('_'), promisifier } = options;
      const all = (object) => {
        const seen = new Set();
        for (let each = object; each && each !== Object.prototype && each !== Function.prototype && each !== Array.prototype; each = Object.getPrototypeOf(each)) {
          for (const name of Object.getOwnPropertyNames(each)) {
            if (name === 'constructor' || seen.has(name) || name.endsWith(suffix)) continue;
            seen.add(name);
            let value;
            try { value = object[name]; } catch { continue; }
            if (typeof value !== 'function' || value.__isPromisified__ || /^class\b/.test(Function.prototype.toString.call(value)) || !filter(name, value, object, true)) continue;
            Object.defineProperty(object, `${name}${suffix}`, { value: promisifier ? promisifier(value, (action) => Bluebird.promisify(action, options)) : Bluebird.promisify(value, options), writable: true, configurable: true, enumerable: true });
          }
        }
      };
      for (const name of Object.getOwnPropertyNames(target)) {
        const value = Object.getOwnPropertyDescriptor(target, name)?.value;
        if (typeof value === 'function' && name !== 'constructor' && /^[A-Z]/.test(name) && value.prototype) all(value.prototype);
      }
      if (typeof target === 'function' && target.prototype) all(target.prototype);
      all(target);
      return target;
    }
    static coroutine(generator) {
      return function (...args) {
        const iterator = generator.apply(this, args);
        return run(async () => {
          for (let step = iterator.next(); ;) {
            if (step.done) return step.value;
            let value;
            try {
              value = await step.value;
            } catch (error) {
              step = iterator.throw(error);
              continue;
            }
            step = iterator.next(value);
          }
        });
      };
    }
    static spawn(generator) { return Bluebird.coroutine(generator)(); }
    static using(...given) {
      const action = given.pop();
      return run(async () => {
        const held = [];
        try {
          const values = [];
          for (const each of given.flat()) {
            const value = await (each?.dispose ? each.promise : each);
            if (each?.dispose) held.push(() => each.dispose(value));
            values.push(value);
          }
          return await action(...values);
        } finally {
          for (const dispose of held.reverse()) await dispose();
        }
      });
    }
    static config() { return Bluebird; }
    static longStackTraces() {}
    static hasLongStackTraces() { return false; }
    static onPossiblyUnhandledRejection() {}
    static onUnhandledRejectionHandled() {}
    static setScheduler() {}
    static noConflict() { return Bluebird; }
    static getNewLibraryCopy() { return Bluebird; }
  }
  for (const name of ['all', 'any', 'some', 'race', 'props', 'map', 'mapSeries', 'each', 'filter', 'reduce', 'allSettled']) {
    Object.defineProperty(Bluebird.prototype, name, { value(...args) { return Bluebird[name](this, ...args); }, writable: true, configurable: true });
  }
  Object.assign(Bluebird, { Promise: Bluebird, OperationalError, RejectionError: OperationalError, TimeoutError, CancellationError, AggregateError, TypeError, RangeError, pending: Bluebird.defer, default: Bluebird });
  module.exports = Bluebird;
})
