// Runs a suite and describes what it saw, one line a check. The same text runs in the sandbox and in Node, so it uses
// nothing but the language, and Buffer.
async function conform(suite, env) {
  const lines = [];
  let last = Promise.resolve();

  /** Adds a check: what `action` gives, or throws, becomes a line. Checks run one after the other. */
  function check(name, action) {
    last = last.then(async () => {
      let seen;
      try {
        seen = describe(await action(), 0);
      } catch (error) {
        seen = `threw ${describe(error, 0)}`;
      }
      lines.push(`${name} = ${seen}`);
    });
    return last;
  }

  await suite(check, env);
  await last;
  return lines;
}

function describe(value, depth) {
  if (value === null || value === undefined || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'symbol') return value.toString();
  if (typeof value === 'function') return /^class\b/.test(Function.prototype.toString.call(value)) ? `[class ${value.name}]` : '[function]';
  if (depth > 8) return '…';
  if (value instanceof Error) return describeError(value, depth);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Date(invalid)' : `Date(${value.toISOString()})`;
  if (value instanceof RegExp) return String(value);
  if (Buffer.isBuffer(value)) return `Buffer(${value.toString('hex')})`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}(${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')})`;
  if (value instanceof ArrayBuffer) return `ArrayBuffer(${Buffer.from(value).toString('hex')})`;
  if (value instanceof Promise) return 'Promise';
  if (Array.isArray(value)) return `[${value.map((item) => describe(item, depth + 1)).join(', ')}]`;
  if (value instanceof Map) return `Map${describe([...value], depth + 1)}`;
  if (value instanceof Set) return `Set${describe([...value], depth + 1)}`;
  const keys = Object.keys(value);
  const fields = keys.map((key) => `${/^\w+$/.test(key) ? key : JSON.stringify(key)}: ${describe(value[key], depth + 1)}`);
  return `{${fields.join(', ')}}`;
}

// What scripts look at in an error. A suite that cares for more returns it as a value.
function describeError(error, depth) {
  const fields = ['code', 'errno', 'syscall', 'status', 'statusCode', 'severity', 'sqlState', 'sqlMessage', 'detail', 'column', 'constraint', 'table']
    .filter((name) => error[name] !== undefined)
    .map((name) => `, ${name}: ${describe(error[name], depth + 1)}`);
  return `${error.name}(${JSON.stringify(error.message)}${fields.join('')})`;
}
