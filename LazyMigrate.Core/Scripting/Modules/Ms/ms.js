// ms: https://github.com/vercel/ms
(function (kit, module) {
  'use strict';
  const second = 1000;
  const minute = 60 * second;
  const hour = 60 * minute;
  const day = 24 * hour;
  const units = { y: 365.25 * day, w: 7 * day, d: day, h: hour, m: minute, s: second, ms: 1 };
  const pattern = /^(-?(?:\d+)?\.?\d+) *(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)?$/i;

  function parse(text) {
    const match = text.length > 100 ? null : pattern.exec(text);
    if (!match) return undefined;
    const unit = (match[2] ?? 'ms').toLowerCase();
    return Number.parseFloat(match[1]) * units[/^m(?:s|illi)/.test(unit) ? 'ms' : unit[0]];
  }

  function write(value, long) {
    const size = Math.abs(value);
    for (const [unit, name, short] of [[day, 'day', 'd'], [hour, 'hour', 'h'], [minute, 'minute', 'm'], [second, 'second', 's']]) {
      if (size >= unit) {
        const count = Math.round(value / unit);
        return long ? `${count} ${name}${size >= unit * 1.5 ? 's' : ''}` : `${count}${short}`;
      }
    }
    return long ? `${value} ms` : `${value}ms`;
  }

  module.exports = (value, options = {}) => {
    if (typeof value === 'string' && value.length > 0) return parse(value);
    if (typeof value === 'number' && Number.isFinite(value)) return write(value, options.long);
    throw new Error(`val is not a non-empty string or a valid number. val=${JSON.stringify(value)}`);
  };
})
