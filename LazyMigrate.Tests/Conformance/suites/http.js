// Node's http client against a real server. Order of header names is the server's own matter, so they are looked up or sorted.
module.exports = async (check, env) => {
  const http = require('http');
  const https = require('https');
  const { Readable, PassThrough } = require('stream');
  const base = new URL(env.ADDRESS);
  const sorted = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !['connection', 'keep-alive', 'date', 'server', 'host'].includes(name)).sort());
  const seen = (text) => {
    const { method, url, headers, body } = JSON.parse(text);
    return { method, url, body, headers: sorted(headers) };
  };
  const read = async (message) => {
    const chunks = [];
    for await (const chunk of message) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  };
  const ask = (path, options = {}, body = undefined) => new Promise((resolve, reject) => {
    const request = http.request(`${env.ADDRESS}${path}`, options, async (message) => {
      try {
        resolve({ message, body: (await read(message)).toString() });
      } catch (error) {
        reject(error);
      }
    });
    request.on('error', reject);
    request.end(body);
  });

  await check('get', () => new Promise((resolve) => http.get(`${env.ADDRESS}/echo?a=1`, (message) => {
    let text = '';
    message.setEncoding('utf8');
    message.on('data', (chunk) => { text += chunk; });
    message.on('end', () => resolve([message.statusCode, message.statusMessage, message.httpVersion, typeof text, seen(text)]));
  })));
  await check('options object', () => new Promise((resolve) => http.request({ hostname: base.hostname, port: base.port, path: '/echo?b=2', method: 'get', headers: { 'X-A': 'b', 'x-list': ['1', '2'] } }, async (message) => resolve(seen(await read(message)))).end()));
  await check('host and string port', () => new Promise((resolve) => http.get({ host: base.hostname, port: Number(base.port), path: '/status/201' }, (message) => { message.resume(); resolve(message.statusCode); })));
  await check('URL and options', () => new Promise((resolve) => http.get(new URL('/echo', env.ADDRESS), { headers: { 'X-B': 'c' } }, async (message) => resolve(seen(await read(message)).headers))));
  await check('post with end', async () => seen((await ask('/echo', { method: 'POST', headers: { 'Content-Type': 'text/plain' } }, 'héllo')).body));
  await check('post in parts', () => new Promise((resolve) => {
    const request = http.request(`${env.ADDRESS}/echo`, { method: 'POST' }, async (message) => resolve(seen(await read(message))));
    request.write('a');
    request.write(Buffer.from('b'));
    request.end('c');
  }));
  await check('post with content-length', () => new Promise((resolve) => {
    const request = http.request(`${env.ADDRESS}/echo`, { method: 'PUT', headers: { 'Content-Length': 4 } }, async (message) => resolve(seen(await read(message))));
    request.write('ab');
    request.write('cd');
    request.end();
  }));
  await check('post without body', async () => seen((await ask('/echo', { method: 'POST' })).body));
  await check('auth', async () => seen((await ask('/echo', { auth: 'u:p' })).body).headers.authorization);
  await check('auth in the address', () => new Promise((resolve) => http.get(env.ADDRESS.replace('//', '//ada:s%20p@') + '/echo', async (message) => resolve(seen(await read(message)).headers.authorization))));
  await check('response headers', async () => {
    const { message } = await ask('/headers');
    return [sorted(message.headers), sorted(message.headersDistinct), message.rawHeaders.includes('X-Twice'), message.rawHeaders.length % 2];
  });
  await check('no redirect', async () => { const { message } = await ask('/redirect?to=/echo'); return [message.statusCode, message.headers.location]; });
  await check('no decompression', async () => { const { message, body } = await ask('/gzip'); return [message.headers['content-encoding'], body.length > 5]; });
  await check('head', async () => { const { message, body } = await ask('/status/200', { method: 'HEAD' }); return [message.statusCode, body]; });
  await check('204', async () => { const { message, body } = await ask('/status/204'); return [message.statusCode, message.statusMessage, body]; });
  await check('500', async () => { const { message, body } = await ask('/status/500'); return [message.statusCode, message.statusMessage, body]; });
  await check('encodings', () => Promise.all(['utf8', 'latin1', 'hex', 'base64'].map((encoding) => new Promise((resolve) => http.get(`${env.ADDRESS}/utf8`, (message) => {
    let text = '';
    message.setEncoding(encoding).on('data', (chunk) => { text += chunk; }).on('end', () => resolve(text));
  })))));
  await check('pipe in and out', () => new Promise((resolve) => {
    const request = http.request(`${env.ADDRESS}/echo`, { method: 'POST' }, (message) => {
      const out = new PassThrough();
      message.pipe(out);
      read(out).then((bytes) => resolve(seen(bytes).body));
    });
    Readable.from([Buffer.from('pi'), Buffer.from('ped')]).pipe(request);
  }));
  await check('events in order', () => new Promise((resolve) => {
    const events = [];
    const request = http.request(`${env.ADDRESS}/status/200`);
    for (const name of ['socket', 'finish', 'close', 'error', 'abort', 'timeout']) request.on(name, () => events.push(name));
    request.on('response', (message) => {
      events.push('response');
      message.on('end', () => events.push('end'));
      message.on('data', () => events.push('data'));
    });
    request.on('close', () => resolve(events));
    request.end();
  }));
  await check('chunk is a buffer', () => new Promise((resolve) => http.get(`${env.ADDRESS}/status/200`, (message) => message.once('data', (chunk) => { resolve(Buffer.isBuffer(chunk)); message.resume(); }))));
  await check('header methods', () => {
    const request = http.request(`${env.ADDRESS}/status/200`);
    request.on('error', () => {});
    request.setHeader('X-One', 1);
    request.setHeader('x-Two', ['a', 'b']);
    const all = [request.getHeader('x-one'), request.getHeader('X-TWO'), request.hasHeader('x-one'), request.hasHeader('none'), request.getHeaderNames().filter((name) => name !== 'host'), request.getRawHeaderNames().filter((name) => name !== 'Host')];
    request.removeHeader('X-ONE');
    all.push(request.getHeader('x-one'), request.method, request.path, request.protocol, request.host, request.headersSent, request.writableEnded, request.destroyed, request.aborted);
    request.destroy();
    return all;
  });
  const failing = (make) => new Promise((resolve) => {
    const events = [];
    const request = make();
    request.on('response', (message) => { events.push('response'); message.resume(); });
    request.on('abort', () => events.push('abort'));
    request.on('timeout', () => events.push('timeout'));
    request.on('error', (error) => events.push([error, error.syscall]));
    request.on('close', () => resolve([events, request.destroyed, request.aborted]));
  });
  await check('refused', () => failing(() => http.get('http://127.0.0.1:1/')));
  await check('refused has address', () => new Promise((resolve) => http.get('http://127.0.0.1:1/').on('error', (error) => resolve([error.address, Number(error.port)]))));
  await check('abort', () => failing(() => { const request = http.get(`${env.ADDRESS}/never`); setTimeout(() => request.abort(), 30); return request; }));
  await check('abort at once', () => failing(() => { const request = http.get(`${env.ADDRESS}/never`); request.abort(); return request; }));
  await check('destroy', () => failing(() => { const request = http.get(`${env.ADDRESS}/never`); setTimeout(() => request.destroy(), 30); return request; }));
  await check('destroy with error', () => failing(() => { const request = http.get(`${env.ADDRESS}/never`); setTimeout(() => request.destroy(new Error('mine')), 30); return request; }));
  await check('timeout option', () => failing(() => { const request = http.get(`${env.ADDRESS}/never`, { timeout: 40 }); request.on('timeout', () => request.destroy()); return request; }));
  await check('setTimeout', () => failing(() => { const request = http.get(`${env.ADDRESS}/never`); request.setTimeout(40, () => request.abort()); return request; }));
  await check('signal', () => failing(() => { const stop = new AbortController(); setTimeout(() => stop.abort(), 30); return http.get(`${env.ADDRESS}/never`, { signal: stop.signal }); }));
  await check('write after end', () => new Promise((resolve) => {
    const request = http.get(`${env.ADDRESS}/status/200`, (message) => message.resume());
    request.once('error', (error) => { request.on('error', () => {}); resolve(error); });
    request.write('x');
  }));
  await check('invalid url', () => http.get('nonsense'));
  await check('invalid protocol', () => http.get('https://127.0.0.1/'));
  await check('invalid protocol of https', () => https.get('http://127.0.0.1/'));
  await check('invalid method', () => http.request({ method: 'a b' }));
  await check('method of another type', () => http.request({ method: 5 }));
  await check('invalid path', () => http.request({ path: '/a b' }));
  await check('invalid host', () => http.request({ host: 5 }));
  await check('invalid agent', () => http.request({ agent: {} }));
  await check('invalid header name', () => http.request({ headers: { 'a b': '1' } }));
  await check('invalid header value', () => http.request({ headers: { a: 'x\ny' } }));
  await check('undefined header', () => http.request({ headers: { a: undefined } }));
  await check('modules', () => [http.METHODS, http.STATUS_CODES[404], http.STATUS_CODES[418], Object.keys(http.STATUS_CODES).length, typeof http.Agent, typeof http.ClientRequest, typeof http.IncomingMessage, http.globalAgent instanceof http.Agent, https.globalAgent instanceof https.Agent, https.globalAgent instanceof http.Agent, https.STATUS_CODES]);
  await check('agent', () => {
    const agent = new https.Agent({ keepAlive: true, maxSockets: 5, ca: 'x' });
    return [agent.defaultPort, agent.protocol, agent.keepAlive, agent.maxSockets, agent.options.ca, new http.Agent().defaultPort, new http.Agent().maxFreeSockets, http.Agent().protocol];
  });
  await check('agent false', async () => (await ask('/status/200', { agent: false })).message.statusCode);
  await check('own agent', async () => (await ask('/status/200', { agent: new http.Agent({ keepAlive: true }) })).message.statusCode);
  await check('instance of', async () => { const { message } = await ask('/status/200'); return [message instanceof http.IncomingMessage, message instanceof Readable, message.req instanceof http.ClientRequest, message.complete, message.aborted, message.readableEnded]; });
  await check('broken response', async () => { try { await ask('/broken'); return 'no error'; } catch (error) { return error.code; } });
  await check('array of headers', async () => seen((await ask('/echo', { headers: ['X-Q', '1', 'X-R', '2', 'Host', 'x'] })).body).headers);
  await check('delete with body', async () => seen((await ask('/echo', { method: 'DELETE', headers: { 'Content-Length': 2 } }, 'ab')).body));
};
