// Node's EventEmitter: https://nodejs.org/api/events.html
(function (kit, module) {
  'use strict';

  class EventEmitter {
    #listeners = new Map();

    on(event, listener) { return this.#add(event, { listener, call: listener }, false); }
    addListener(event, listener) { return this.on(event, listener); }
    prependListener(event, listener) { return this.#add(event, { listener, call: listener }, true); }

    once(event, listener) {
      const entry = {
        listener,
        call: (...args) => {
          this.removeListener(event, listener);
          return listener.apply(this, args);
        },
      };
      return this.#add(event, entry, false);
    }

    #add(event, entry, first) {
      if (typeof entry.listener !== 'function') {
        throw Object.assign(new TypeError('The "listener" argument must be of type function.'), { code: 'ERR_INVALID_ARG_TYPE' });
      }
      const list = this.#listeners.get(event) ?? [];
      this.#listeners.set(event, first ? [entry, ...list] : [...list, entry]);
      return this;
    }

    removeListener(event, listener) {
      const list = this.#listeners.get(event) ?? [];
      const at = list.findLastIndex((entry) => entry.listener === listener);
      if (at >= 0) this.#listeners.set(event, list.toSpliced(at, 1));
      return this;
    }

    off(event, listener) { return this.removeListener(event, listener); }

    removeAllListeners(event) {
      if (event === undefined) this.#listeners.clear();
      else this.#listeners.delete(event);
      return this;
    }

    /** Calls the listeners; an error that nobody listens for is thrown, as in Node. */
    emit(event, ...args) {
      const list = this.#listeners.get(event) ?? [];
      if (list.length === 0) {
        if (event === 'error') throw args[0] instanceof Error ? args[0] : new Error(`Unhandled error. (${kit.inspect(args[0])})`);
        return false;
      }
      for (const entry of list) entry.call.apply(this, args);
      return true;
    }

    listenerCount(event) { return this.#listeners.get(event)?.length ?? 0; }
    listeners(event) { return (this.#listeners.get(event) ?? []).map((entry) => entry.listener); }
    eventNames() { return [...this.#listeners.keys()].filter((event) => this.listenerCount(event) > 0); }
    setMaxListeners() { return this; }
    getMaxListeners() { return 10; }
  }

  function once(emitter, event) {
    return new Promise((resolve, reject) => {
      const fail = (error) => {
        emitter.removeListener(event, done);
        reject(error);
      };
      const done = (...args) => {
        emitter.removeListener('error', fail);
        resolve(args);
      };
      emitter.once(event, done);
      if (event !== 'error') emitter.once('error', fail);
    });
  }

  module.exports = Object.assign(EventEmitter, { EventEmitter, once, defaultMaxListeners: 10 });
})
