// Node's process and perf_hooks, as the sandbox has them.
(function (kit, module) {
  'use strict';
  module.exports = { process, performance, constants: {}, PerformanceObserver: class PerformanceObserver { observe() {} disconnect() {} }, monitorEventLoopDelay: () => ({ enable() {}, disable() {} }) };
})
