// DOMException, AbortController and AbortSignal: https://dom.spec.whatwg.org/#aborting-ongoing-activities
const exceptionCodes = { __proto__: null, AbortError: 20, DataCloneError: 25, InvalidCharacterError: 5, QuotaExceededError: 22, TimeoutError: 23 };

class DOMException extends Error {
  #name;
  constructor(message = '', name = 'Error') {
    super(message);
    this.#name = String(typeof name === 'object' && name !== null ? name.name ?? 'Error' : name);
  }
  get name() { return this.#name; }
  get code() { return exceptionCodes[this.#name] ?? 0; }
}
defineGlobal('DOMException', DOMException);

// Only the controller has it: a signal cannot be made or aborted by whoever merely holds it.
const signalKey = {};
let abortSignal;

class AbortSignal {
  #aborted = false;
  #reason;
  #listeners = [];
  onabort = null;

  constructor(key) {
    if (key !== signalKey) throw new TypeError('Illegal constructor');
  }

  static {
    abortSignal = (signal, reason) => {
      if (signal.#aborted) return;
      signal.#aborted = true;
      signal.#reason = reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
      const event = { type: 'abort', target: signal, currentTarget: signal };
      for (const { listener } of [...signal.#listeners]) {
        if (typeof listener === 'function') guard(listener.bind(signal), event);
        else guard(() => listener.handleEvent(event));
      }
      if (typeof signal.onabort === 'function') guard(signal.onabort.bind(signal), event);
    };
  }

  static abort(reason) {
    const signal = new AbortSignal(signalKey);
    abortSignal(signal, reason);
    return signal;
  }

  static timeout(milliseconds) {
    const signal = new AbortSignal(signalKey);
    startTimer(() => abortSignal(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')), milliseconds, [], false);
    return signal;
  }

  static any(signals) {
    const combined = new AbortSignal(signalKey);
    for (const signal of signals) {
      if (signal.aborted) abortSignal(combined, signal.reason);
      else signal.addEventListener('abort', () => abortSignal(combined, signal.reason));
    }
    return combined;
  }

  get aborted() { return this.#aborted; }
  get reason() { return this.#reason; }
  throwIfAborted() { if (this.#aborted) throw this.#reason; }

  addEventListener(type, listener) {
    if (type === 'abort' && listener && !this.#listeners.some((each) => each.listener === listener)) this.#listeners.push({ listener });
  }

  removeEventListener(type, listener) {
    if (type === 'abort') this.#listeners = this.#listeners.filter((each) => each.listener !== listener);
  }
}
defineGlobal('AbortSignal', AbortSignal);

defineGlobal('AbortController', class AbortController {
  #signal = new AbortSignal(signalKey);
  get signal() { return this.#signal; }
  abort(reason) { abortSignal(this.#signal, reason); }
});
