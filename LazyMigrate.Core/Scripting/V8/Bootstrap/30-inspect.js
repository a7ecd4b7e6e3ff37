// Values as text for the console and util.inspect: compact, bounded, without running getters.
const inspectItems = 100;
const inspectLength = 16384;

/** An error as its name, message, code and the script's own frames. */
function inspectError(error) {
  const name = errorField(error, 'name') || 'Error';
  const message = errorField(error, 'message') ?? '';
  const code = errorField(error, 'code');
  const frames = (errorField(error, 'stack') ?? '').split('\n').filter((line) => line.includes('script.js:'));
  const head = `${name}${message ? `: ${message}` : ''}${code ? ` { code: '${code}' }` : ''}`;
  return frames.length ? `${head}\n${frames.join('\n')}` : head;
}

function quote(text) {
  return `'${text.replace(/[\\'\n\r\t]/g, (c) => ({ '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' })[c])}'`;
}

function inspect(value, options) {
  const depthLimit = typeof options?.depth === 'number' ? options.depth : options?.depth === null ? 20 : 4;
  const seen = [];
  let length = 0;

  const list = (open, parts, close) => (parts.length ? `${open} ${parts.join(', ')} ${close}` : `${open}${close}`);
  const count = (text) => {
    length += text.length;
    return text;
  };

  function entries(items, total, show) {
    const parts = [];
    for (const item of items) {
      if (parts.length >= inspectItems || length > inspectLength) {
        parts.push(`... ${total - parts.length} more`);
        break;
      }
      parts.push(count(show(item)));
    }
    return parts;
  }

  function property(object, key, depth) {
    const name = typeof key === 'symbol' ? `[${String(key)}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
    const descriptor = getOwnPropertyDescriptor(object, key);
    if (descriptor && !('value' in descriptor)) return `${name}: ${descriptor.get ? '[Getter]' : '[Setter]'}`;
    return `${name}: ${show(descriptor?.value, depth + 1)}`;
  }

  function show(item, depth) {
    switch (typeof item) {
      case 'string': return quote(item.length > inspectLength ? `${item.slice(0, inspectLength)}...` : item);
      case 'bigint': return `${item}n`;
      case 'symbol': return String(item);
      case 'function': return `[Function${item.name ? `: ${item.name}` : ' (anonymous)'}]`;
      case 'object': return item === null ? 'null' : showObject(item, depth);
      default: return Object.is(item, -0) ? '-0' : String(item);
    }
  }

  function showObject(item, depth) {
    if (seen.includes(item)) return '[Circular]';
    if (isError(item)) return depth === 0 ? inspectError(item) : `[${inspectError(item).split('\n')[0]}]`;
    if (item instanceof Date) return Number.isNaN(item.getTime()) ? 'Invalid Date' : item.toISOString();
    if (item instanceof RegExp) return String(item);
    if (item instanceof PromiseConstructor) return 'Promise {}';
    if (BufferClass && item instanceof BufferClass) return `<Buffer${[...item.subarray(0, 50)].map((byte) => ` ${byte.toString(16).padStart(2, '0')}`).join('')}${item.length > 50 ? ` ... ${item.length - 50} more bytes` : ''}>`;
    if (depth > depthLimit) return isArray(item) ? '[Array]' : '[Object]';
    seen.push(item);
    try {
      if (isArray(item)) return list('[', entries(item, item.length, (each) => show(each, depth + 1)), ']');
      if (item instanceof Map) return list(`Map(${item.size}) {`, entries(item, item.size, ([k, v]) => `${show(k, depth + 1)} => ${show(v, depth + 1)}`), '}');
      if (item instanceof Set) return list(`Set(${item.size}) {`, entries(item, item.size, (each) => show(each, depth + 1)), '}');
      if (ArrayBuffer.isView(item) && !(item instanceof DataView)) return list(`${item.constructor.name}(${item.length}) [`, entries(item, item.length, String), ']');
      const keys = ownKeys(item).filter((key) => getOwnPropertyDescriptor(item, key)?.enumerable);
      const prototype = getPrototypeOf(item);
      const name = prototype === null ? '[Object: null prototype] ' : prototype === Object.prototype ? '' : `${prototype.constructor?.name ?? 'Object'} `;
      return `${name}${list('{', entries(keys, keys.length, (key) => property(item, key, depth)), '}')}`;
    } finally {
      seen.pop();
    }
  }

  return show(value, 0);
}

/** As Node's util.format: %s %d %i %f %j %o %O %c %%, then the rest separated by spaces. */
function format(...args) {
  const plain = (value) => (typeof value === 'string' ? value : inspect(value));
  if (typeof args[0] !== 'string') return args.map(plain).join(' ');
  let next = 1;
  const text = args[0].replace(/%[sdifjoOc%]/g, (token) => {
    if (token === '%%') return '%';
    if (next >= args.length) return token;
    const value = args[next++];
    switch (token) {
      case '%s': return typeof value === 'object' && value !== null ? inspect(value, { depth: 0 }) : typeof value === 'bigint' ? `${value}n` : String(value);
      case '%d': return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : String(Number(value));
      case '%i': return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : String(Number.parseInt(value, 10));
      case '%f': return typeof value === 'symbol' ? 'NaN' : String(Number.parseFloat(value));
      case '%j': try { return jsonStringify(value) ?? 'undefined'; } catch { return '[Circular]'; }
      case '%c': return '';
      default: return inspect(value);
    }
  });
  return [text, ...args.slice(next).map(plain)].join(' ');
}
