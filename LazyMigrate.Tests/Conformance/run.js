// node run.js SUITE: runs a suite with the original packages and prints its lines as one JSON array.
// Variables of the suite's `env` come as JSON on standard input.
'use strict';
const fs = require('node:fs');
const vm = require('node:vm');
const path = require('node:path');
const Module = require('node:module');

const file = path.resolve(process.argv[2]);
vm.runInThisContext(fs.readFileSync(path.join(__dirname, 'harness.js'), 'utf8'), { filename: 'harness.js' });
const env = JSON.parse(fs.readFileSync(0, 'utf8') || '{}');
const packages = process.env.LAZYMIGRATE_NODE_MODULES || path.join(__dirname, 'node_modules');
const required = Module.createRequire(path.join(packages, 'suite.js'));
const loaded = { exports: {} };
new Function('module', 'exports', 'require', fs.readFileSync(file, 'utf8'))(loaded, loaded.exports, required);
globalThis.conform(loaded.exports, env).then(
  (lines) => { process.stdout.write(JSON.stringify(lines), () => process.exit(0)); },
  (error) => { process.stderr.write(String(error && error.stack), () => process.exit(1)); },
);
