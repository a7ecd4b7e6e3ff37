// node log-ins.js: runs a login script with the original packages as LazyMigrate's benchmark does, and prints milliseconds: of
// each run, of all, and of processor time.
// { source, env, runs, atOnce } comes as JSON on standard input.
'use strict';
const path = require('node:path');
const { createRequire } = require('node:module');

const order = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const originals = createRequire(path.join(process.env.LAZYMIGRATE_NODE_MODULES, 'benchmark.js'));
const errors = ['UserNotFoundError', 'WrongPasswordError', 'TemporaryError'].map((name) => ({ [name]: class extends Error {} })[name]);
const login = new Function('require', 'env', ...errors.map((type) => type.name), `${order.source}\nreturn login;`)(originals, order.env, ...errors);

async function main() {
  const times = new Array(order.runs);
  let next = 0;
  const started = performance.now();
  const processor = process.cpuUsage();
  await Promise.all(Array.from({ length: order.atOnce }, async () => {
    for (let i = next++; i < order.runs; i = next++) {
      const begun = performance.now();
      const user = await login({ email: `user${i % order.people}@example.org` }, order.password, {});
      if (!user) throw new Error('The script did not accept.');
      times[i] = performance.now() - begun;
    }
  }));
  const milliseconds = performance.now() - started;
  const { user, system } = process.cpuUsage(processor);
  process.stdout.write(JSON.stringify({ milliseconds, processorTime: (user + system) / 1000, times }));
}

main().catch((error) => { process.stderr.write(String(error.stack)); process.exitCode = 1; });
