// Node's os, with nothing of the real machine: https://nodejs.org/api/os.html
(function (kit, module) {
  'use strict';
  module.exports = {
    EOL: '\n',
    devNull: '/dev/null',
    arch: () => 'x64',
    availableParallelism: () => 1,
    cpus: () => [{ model: '', speed: 0, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }],
    endianness: () => 'LE',
    freemem: () => 67108864,
    totalmem: () => 67108864,
    homedir: () => '/',
    hostname: () => 'localhost',
    loadavg: () => [0, 0, 0],
    machine: () => 'x86_64',
    networkInterfaces: () => ({}),
    platform: () => 'linux',
    release: () => '',
    tmpdir: () => '/tmp',
    type: () => 'Linux',
    uptime: () => process.uptime(),
    userInfo: () => ({ uid: -1, gid: -1, username: 'script', homedir: '/', shell: null }),
    version: () => '',
    constants: { signals: {}, errno: {}, priority: {}, dlopen: {}, UV_UDP_REUSEADDR: 4 },
  };
})
