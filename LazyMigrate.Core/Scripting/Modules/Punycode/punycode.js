// Node's punycode: https://nodejs.org/api/punycode.html, RFC 3492.
(function (kit, module) {
  'use strict';
  const base = 36;
  const threshold = (k, bias) => (k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias);
  const digitOf = (digit) => String.fromCharCode(digit < 26 ? digit + 97 : digit + 22);

  function adapt(delta, count, isFirst) {
    let rest = isFirst ? Math.floor(delta / 700) : delta >> 1;
    rest += Math.floor(rest / count);
    let k = 0;
    for (; rest > 455; k += base) rest = Math.floor(rest / 35);
    return Math.floor(k + (36 * rest) / (rest + 38));
  }

  function encode(text) {
    const points = Array.from(text, (c) => c.codePointAt(0));
    const basic = points.filter((point) => point < 0x80);
    let output = String.fromCharCode(...basic) + (basic.length ? '-' : '');
    let [n, delta, bias] = [128, 0, 72];
    for (let handled = basic.length; handled < points.length; n++, delta++) {
      const next = Math.min(...points.filter((point) => point >= n));
      delta += (next - n) * (handled + 1);
      n = next;
      for (const point of points) {
        if (point < n) delta++;
        if (point !== n) continue;
        let q = delta;
        for (let k = base; ; k += base) {
          const t = threshold(k, bias);
          if (q < t) break;
          output += digitOf(t + ((q - t) % (base - t)));
          q = Math.floor((q - t) / (base - t));
        }
        output += digitOf(q);
        bias = adapt(delta, handled + 1, handled === basic.length);
        delta = 0;
        handled++;
      }
    }
    return output;
  }

  function decode(text) {
    const at = text.lastIndexOf('-');
    const output = Array.from(at > 0 ? text.slice(0, at) : '', (c) => c.codePointAt(0));
    let [n, i, bias] = [128, 0, 72];
    for (let next = at > 0 ? at + 1 : 0; next < text.length;) {
      const start = i;
      for (let w = 1, k = base; ; k += base) {
        const c = text.charCodeAt(next++);
        const digit = c >= 48 && c < 58 ? c - 22 : c >= 65 && c < 91 ? c - 65 : c >= 97 && c < 123 ? c - 97 : base;
        if (!(digit < base)) throw new RangeError('Invalid input');
        i += digit * w;
        const t = threshold(k, bias);
        if (digit < t) break;
        w *= base - t;
      }
      bias = adapt(i - start, output.length + 1, start === 0);
      n += Math.floor(i / (output.length + 1));
      i %= output.length + 1;
      output.splice(i++, 0, n);
    }
    return String.fromCodePoint(...output);
  }

  function labels(text, change) {
    const at = text.lastIndexOf('@');
    return text.slice(0, at + 1) + text.slice(at + 1).split(/[.\u3002\uff0e\uff61]/).map(change).join('.');
  }
  module.exports = {
    version: '2.1.0',
    ucs2: { decode: (text) => Array.from(text, (c) => c.codePointAt(0)), encode: (points) => String.fromCodePoint(...points) },
    encode,
    decode,
    toASCII: (text) => labels(text, (label) => (/[^\0-\x7f]/.test(label) ? `xn--${encode(label)}` : label)),
    toUnicode: (text) => labels(text, (label) => (label.startsWith('xn--') ? decode(label.slice(4).toLowerCase()) : label)),
  };
})
