// request 2.88 and its promises against a real server.
module.exports = async (check, env) => {
  const request = require('request');
  const { PassThrough, Readable } = require('stream');
  const a = env.ADDRESS;
  const seen = (given) => {
    const { method, url, headers, body } = typeof given === 'string' ? JSON.parse(given) : given;
    return { method, url, body, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'connection').sort()) };
  };
  const ask = (...args) => new Promise((resolve) => { request(...args, (error, response, body) => resolve([error, response && response.statusCode, body])); });
  const echo = async (...args) => { const [error, , body] = await ask(...args); return error ? error : seen(body); };
  const fails = (options) => new Promise((resolve) => { request(options, (error) => resolve([error, error && error.connect, error && error.syscall])); });

  await check('url', () => echo(`${a}/echo?x=1`));
  await check('url and options', () => echo(`${a}/echo`, { headers: { 'X-A': 'b' } }));
  await check('options.url', () => echo({ url: `${a}/echo` }));
  await check('options.uri object', () => echo({ uri: require('url').parse(`${a}/echo?p=q`) }));
  await check('get', () => new Promise((resolve) => request.get(`${a}/echo`, (error, response, body) => resolve([error, seen(body)]))));
  for (const verb of ['post', 'put', 'patch', 'del', 'delete', 'head', 'options']) {
    await check(verb, () => new Promise((resolve) => request[verb](`${a}/echo`, (error, response, body) => resolve([error, response.statusCode, body && seen(body).method, body && seen(body).headers['content-length']]))));
  }
  await check('method in options', () => echo({ method: 'put', url: `${a}/echo`, body: 'x' }));
  await check('json body', () => ask({ url: `${a}/echo`, method: 'POST', json: { a: 1, b: ['é'] } }).then(([e, s, body]) => [e, s, seen(body)]));
  await check('json true', () => ask({ url: `${a}/echo`, method: 'POST', json: true, body: { a: 1 } }).then(([e, s, body]) => seen(body)));
  await check('json true without body', () => ask({ url: `${a}/echo`, json: true }).then(([e, s, body]) => seen(body)));
  await check('json of no json', () => ask({ url: `${a}/utf8`, json: true }));
  await check('json of nothing', () => ask({ url: `${a}/status/204`, json: true }));
  await check('json text body', () => ask({ url: `${a}/echo`, method: 'POST', json: true, body: 'text' }).then(([e, s, body]) => seen(body)));
  await check('form', () => echo({ url: `${a}/echo`, method: 'POST', form: { a: 'b c', list: ['x', 'y'], deep: { k: "it's (!)" }, empty: '', none: null } }));
  await check('form text', () => echo({ url: `${a}/echo`, method: 'POST', form: "a=b&c=it's" }));
  await check('.form()', () => new Promise((resolve) => request.post(`${a}/echo`, (error, response, body) => resolve(seen(body))).form({ k: 'v' })));
  await check('formData', () => ask({ url: `${a}/multipart`, method: 'POST', formData: { name: 'ada', list: ['1', '2'], file: { value: Buffer.from('bytes'), options: { filename: 'a.txt', contentType: 'text/plain' } } } }).then(([e, s, body]) => [e, s, JSON.parse(body)]));
  await check('formData length', () => new Promise((resolve) => {
    const sent = request.post({ url: `${a}/multipart`, formData: { a: 'b' } }, (error, response) => resolve([/^multipart\/form-data; boundary=-{26}\d+|^multipart\/form-data; boundary=-+\w+$/.test(sent.headers['content-type']), typeof sent.headers['content-length']]));
  }));
  await check('qs', () => echo({ url: `${a}/echo?z=0`, qs: { a: 'b c', list: ['x', 'y'], o: { k: 1 }, n: null, q: "'" } }).then((each) => each.url));
  await check('qs and useQuerystring', () => echo({ url: `${a}/echo`, useQuerystring: true, qs: { list: ['x', 'y'], q: "'" } }).then((each) => each.url));
  await check('qsStringifyOptions', () => echo({ url: `${a}/echo`, qs: { list: ['x', 'y'] }, qsStringifyOptions: { arrayFormat: 'brackets' } }).then((each) => each.url));
  await check('auth', () => echo({ url: `${a}/echo`, auth: { user: 'u', pass: 'p' } }).then((each) => each.headers.authorization));
  await check('auth other names', () => echo({ url: `${a}/echo`, auth: { username: 'u', password: 'é' } }).then((each) => each.headers.authorization));
  await check('auth bearer', () => echo({ url: `${a}/echo`, auth: { bearer: 't' } }).then((each) => each.headers.authorization));
  await check('auth bearer function', () => echo({ url: `${a}/echo`, auth: { bearer: () => 'u' } }).then((each) => each.headers.authorization));
  await check('auth in the address', () => echo(`${a.replace('//', '//x:y@')}/echo`).then((each) => each.headers.authorization));
  await check('auth without user', () => ask({ url: `${a}/echo`, auth: {} }).then(([error]) => error));
  await check('auth at the challenge', () => ask({ url: `${a}/basic`, auth: { user: 'u', pass: 'p', sendImmediately: false } }));
  await check('digest', () => ask({ url: `${a}/digest`, auth: { user: 'u', pass: 'p', sendImmediately: false } }));
  await check('.auth()', () => new Promise((resolve) => request.get(`${a}/echo`, (error, response, body) => resolve(seen(body).headers.authorization)).auth('q', 'r')));
  await check('body text', () => echo({ url: `${a}/echo`, method: 'POST', body: 'héllo' }));
  await check('body buffer', () => echo({ url: `${a}/echo`, method: 'POST', body: Buffer.from('b') }));
  await check('body of parts', () => echo({ url: `${a}/echo`, method: 'POST', body: ['a', 'b'] }));
  await check('headers keep case', () => new Promise((resolve) => { const sent = request({ url: `${a}/echo`, headers: { 'X-Case': '1', Accept: 'text/x' } }, () => resolve([sent.headers['X-Case'], sent.getHeader('x-case'), sent.hasHeader('ACCEPT')])); }));
  await check('undefined header', () => echo({ url: `${a}/echo`, headers: { a: undefined } }));
  await check('encoding null', () => ask({ url: `${a}/utf8`, encoding: null }));
  await check('encoding latin1', () => ask({ url: `${a}/utf8`, encoding: 'latin1' }));
  await check('encoding base64', () => ask({ url: `${a}/utf8`, encoding: 'base64' }));
  await check('byte order mark', () => ask({ url: `${a}/bom` }));
  await check('byte order mark and utf8', () => ask({ url: `${a}/bom`, encoding: 'utf8' }));
  await check('empty body', () => ask(`${a}/status/204`));
  await check('empty body as buffer', () => ask({ url: `${a}/status/204`, encoding: null }));
  await check('head', () => ask({ url: `${a}/status/200`, method: 'HEAD' }));
  await check('404', () => ask(`${a}/status/404`));
  await check('503', () => ask(`${a}/status/503`));
  await check('gzip', () => ask({ url: `${a}/gzip`, gzip: true }));
  await check('gzip not asked for', () => ask({ url: `${a}/gzip`, encoding: null }).then(([e, s, body]) => body.subarray(0, 2)));
  await check('deflate', () => ask({ url: `${a}/deflate`, gzip: true }));
  await check('redirect', () => echo(`${a}/redirect?to=/echo`));
  await check('redirect not wanted', () => ask({ url: `${a}/redirect?to=/echo`, followRedirect: false }).then(([e, status]) => status));
  await check('redirect by function', () => ask({ url: `${a}/redirect?to=/echo`, followRedirect: (response) => response.statusCode !== 302 }).then(([e, status]) => status));
  await check('redirect of post', () => ask({ url: `${a}/redirect?to=/echo`, method: 'POST', body: 'x' }).then(([e, status]) => status));
  for (const status of [301, 302, 303, 307, 308]) {
    await check(`all redirects ${status}`, () => echo({ url: `${a}/redirect?status=${status}&to=/echo`, method: 'POST', body: 'x', followAllRedirects: true, removeRefererHeader: true, headers: { 'content-type': 'text/x', authorization: 'b' } }));
  }
  await check('original method', () => echo({ url: `${a}/redirect?to=/echo`, method: 'PUT', followAllRedirects: true, followOriginalHttpMethod: true, removeRefererHeader: true }));
  await check('referer', () => echo(`${a}/redirect?to=/echo`).then((each) => each.headers.referer === `${a}/redirect?to=/echo`));
  await check('max redirects', () => ask({ url: `${a}/chain?left=4`, maxRedirects: 2 }).then(([error]) => error.message.replace(a, '')));
  await check('redirects kept', () => new Promise((resolve) => { const sent = request(`${a}/chain?left=3`, (error, response) => resolve([response.statusCode, sent._redirect.redirects.length, response.request.uri.path, sent.uri.href.replace(a, '')])); }));
  await check('timeout', () => fails({ url: `${a}/never`, timeout: 50 }));
  await check('refused', () => fails({ url: 'http://127.0.0.1:1/' }));
  await check('no uri', () => fails({}));
  await check('undefined', () => request(undefined));
  await check('nonsense', () => fails('nonsense'));
  await check('other protocol', () => fails('ftp://127.0.0.1/'));
  await check('baseUrl', () => echo({ baseUrl: `${a}/`, uri: '/echo' }).then((each) => each.url));
  await check('baseUrl with address', () => fails({ baseUrl: a, uri: 'http://x/' }));
  await check('defaults', () => new Promise((resolve) => request.defaults({ baseUrl: a, json: true, headers: { 'x-d': '1', 'x-e': '2' } }).get({ uri: '/echo', headers: { 'x-e': '3' } }, (error, response, body) => resolve(seen(body)))));
  await check('defaults of defaults', () => new Promise((resolve) => request.defaults({ baseUrl: a }).defaults({ json: true })('/echo', (error, response, body) => resolve(seen(body).url))));
  await check('callback in options', () => new Promise((resolve) => request({ url: `${a}/status/200`, callback: (error, response, body) => resolve([error, response.statusCode, body]) })));
  await check('response', () => new Promise((resolve) => request(`${a}/headers`, (error, response, body) => resolve([response.statusMessage, response.headers['x-twice'], response.headers['set-cookie'], response.body === body, response.request.method, response.request.href === `${a}/headers`, Object.keys(response.toJSON()), Object.keys(response.request.toJSON()), response.caseless.get('X-TWICE')]))));
  await check('events', () => new Promise((resolve) => {
    const events = [];
    const sent = request(`${a}/status/200`);
    for (const name of ['request', 'socket', 'response', 'data', 'end', 'complete', 'close']) sent.on(name, (value) => { events.push(name === 'data' ? [name, Buffer.isBuffer(value)] : name); if (name === 'complete') setTimeout(() => resolve(events), 20); });
  }));
  await check('error event', () => new Promise((resolve) => request('http://127.0.0.1:1/').on('error', resolve)));
  await check('pipe out', () => new Promise((resolve) => {
    const out = new PassThrough();
    let text = '';
    out.on('data', (chunk) => { text += chunk; }).on('end', () => resolve(text));
    request(`${a}/utf8`).pipe(out);
  }));
  await check('pipe in', () => new Promise((resolve) => { Readable.from([Buffer.from('pi'), Buffer.from('ped')]).pipe(request.post(`${a}/echo`, (error, response, body) => resolve(seen(body).body))); }));
  await check('abort', () => new Promise((resolve) => { const sent = request(`${a}/never`, () => resolve('called')); sent.on('abort', () => setTimeout(() => resolve('abort'), 30)); setTimeout(() => sent.abort(), 30); }));
  await check('jar', async () => {
    const jar = request.jar();
    await ask({ url: `${a}/headers`, jar });
    return [await echo({ url: `${a}/echo`, jar }).then((each) => each.headers.cookie), jar.getCookieString(a)];
  });
  await check('cookie by hand', async () => {
    const jar = request.jar();
    jar.setCookie(request.cookie('k=v'), a);
    return echo({ url: `${a}/echo`, jar }).then((each) => each.headers.cookie);
  });
  await check('time', () => new Promise((resolve) => request({ url: `${a}/status/200`, time: true }, (error, response) => resolve([typeof response.elapsedTime, typeof response.timings.end, typeof response.timingPhases.total]))));
  await check('head with body', () => request({ url: a, method: 'HEAD', body: 'x' }));
  await check('surface', () => [typeof request.Request, typeof request.jar, typeof request.cookie, typeof request.defaults, typeof request.forever, Object.keys(request.jar()).length >= 0]);

  for (const name of ['request-promise', 'request-promise-native']) {
    const rp = require(name);
    const errors = require(`${name}/errors`);
    await check(`${name}`, () => rp(`${a}/status/200`));
    await check(`${name} json`, async () => seen(await rp({ uri: `${a}/echo`, method: 'POST', body: { a: 1 }, json: true })));
    await check(`${name} get`, async () => seen(await rp.get({ uri: `${a}/echo`, qs: { x: 'y' } })));
    await check(`${name} full`, async () => { const response = await rp({ uri: `${a}/status/200`, resolveWithFullResponse: true }); return [response.statusCode, response.body]; });
    await check(`${name} head`, async () => typeof await rp.head(`${a}/status/200`));
    await check(`${name} 404`, () => rp(`${a}/status/404`));
    await check(`${name} 404 error`, async () => {
      try { return await rp({ uri: `${a}/status/404`, json: true }); } catch (error) { return [error.name, error.statusCode, error.message, error.error, error.response.statusCode, error.options.uri === `${a}/status/404`, error.options.simple, error instanceof errors.StatusCodeError, error instanceof Error, Object.keys(error)]; }
    });
    await check(`${name} not simple`, async () => (await rp({ uri: `${a}/status/404`, simple: false, resolveWithFullResponse: true })).statusCode);
    await check(`${name} refused`, async () => {
      try { return await rp('http://127.0.0.1:1/'); } catch (error) { return [error.name, error.message, error.cause.code, error.error.code, error.response, error instanceof errors.RequestError]; }
    });
    await check(`${name} transform`, () => rp({ uri: `${a}/status/200`, transform: (body, response, full) => [body.length, response.statusCode, full] }));
    await check(`${name} transform throws`, async () => { try { return await rp({ uri: `${a}/status/200`, transform: () => { throw new Error('no'); } }); } catch (error) { return [error.name, error.message, error instanceof errors.TransformError]; } });
    await check(`${name} transform 404`, async () => { try { return await rp({ uri: `${a}/status/404`, transform: () => 'made' }); } catch (error) { return [error.name, error.response]; } });
    await check(`${name} defaults`, async () => seen(await rp.defaults({ baseUrl: a, json: true })('/echo')).url);
    await check(`${name} callback too`, () => new Promise((resolve) => { rp(`${a}/status/200`, (error, response, body) => resolve([error, body])); }));
    await check(`${name} then and catch`, () => rp(`${a}/status/500`).then(() => 'good').catch((error) => error.statusCode));
    await check(`${name} promise()`, async () => rp(`${a}/status/200`).promise());
    await check(`${name} timeout`, async () => { try { return await rp({ uri: `${a}/never`, timeout: 50 }); } catch (error) { return [error.name, error.message, error.cause.code]; } });
  }
};
