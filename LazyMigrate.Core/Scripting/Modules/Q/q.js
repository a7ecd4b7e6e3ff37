// q 1: https://github.com/kriskowal/q, over bluebird.
(function (kit, module, require) {
  'use strict';
  const Promised = require('bluebird');
  class QPromise extends Promised {
    fail(handler) { return this.then(undefined, handler); }
    fin(handler) { return this.finally(handler); }
    post(name, args) { return this.then((object) => object[name](...args)); }
    invoke(name, ...args) { return this.post(name, args); }
    inspect() { const { status, value } = this._state; return status === 'pending' ? { state: status } : status === 'fulfilled' ? { state: status, value } : { state: status, reason: value }; }
    allSettled() { return Q.allSettled(this); }
  }
  const Q = (value) => QPromise.resolve(value);
  const defer = () => {
    const deferred = {};
    deferred.promise = new QPromise((resolve, reject) => { Object.assign(deferred, { resolve, reject, fulfill: resolve, notify() {} }); });
    deferred.makeNodeResolver = () => (error, ...values) => (error ? deferred.reject(error) : deferred.resolve(values.length > 1 ? values : values[0]));
    return deferred;
  };
  const called = (action, args) => {
    const deferred = defer();
    try {
      action(...args, deferred.makeNodeResolver());
    } catch (error) {
      deferred.reject(error);
    }
    return deferred.promise;
  };
  module.exports = Object.assign(Q, {
    defer,
    Promise: (resolver) => new QPromise(resolver),
    promise: (resolver) => new QPromise(resolver),
    resolve: Q,
    when: (value, success, failure) => Q(value).then(success, failure),
    reject: (error) => QPromise.reject(error),
    all: (list) => Q(Promised.all(list)),
    allSettled: (list) => Q(Promised.allSettled(list)).then((all) => all.map(({ status, value, reason }) => (status === 'fulfilled' ? { state: status, value } : { state: status, reason }))),
    race: (list) => Q(Promised.race(list)),
    any: (list) => Q(Promised.any(list)),
    delay: (value, ms) => (ms === undefined ? Q(Promised.delay(value)) : Q(Promised.delay(ms, value))),
    fcall: (action, ...args) => Q().then(() => action(...args)),
    try: (action, ...args) => Q().then(() => action(...args)),
    nfcall: (action, ...args) => called(action, args),
    nfapply: (action, args) => called(action, args),
    ninvoke: (object, name, ...args) => called(object[name].bind(object), args),
    nsend: (object, name, ...args) => called(object[name].bind(object), args),
    npost: (object, name, args) => called(object[name].bind(object), args),
    denodeify: (action, ...held) => (...args) => called(action, [...held, ...args]),
    nbind: (action, self, ...held) => (...args) => called(action.bind(self), [...held, ...args]),
    spread: (list, action) => Q(list).spread(action),
    isPromise: (value) => value instanceof Promise,
    isPromiseAlike: (value) => typeof value?.then === 'function',
    async: (generator) => Promised.coroutine(generator),
  });
})
