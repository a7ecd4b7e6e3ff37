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
const installed = Module.createRequire(path.join(packages, 'suite.js'));
// A second version of a package is installed under another name: `require('mongodb@3.7.4')` is the alias of "npm:mongodb@3.7.4".
const pinned = JSON.parse(fs.readFileSync(path.join(__dirname, 'package.json'), 'utf8')).dependencies;
const aliases = new Map(Object.entries(pinned).filter(([, version]) => version.startsWith('npm:')).map(([name, version]) => [version.slice(4), name]));
const required = (name) => installed(aliases.get(name) ?? name);
const loaded = { exports: {} };
new Function('module', 'exports', 'require', fs.readFileSync(file, 'utf8'))(loaded, loaded.exports, required);
globalThis.conform(loaded.exports, env).then(
  (lines) => { process.stdout.write(JSON.stringify(lines), () => process.exit(0)); },
  (error) => { process.stderr.write(String(error && error.stack), () => process.exit(1)); },
);
