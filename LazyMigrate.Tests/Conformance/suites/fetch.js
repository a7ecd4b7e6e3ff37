// node-fetch 2, isomorphic-fetch and Node's own fetch against a real server.
module.exports = async (check, env) => {
  const a = env.ADDRESS;
  const seen = (given) => {
    const { method, url, headers, body } = typeof given === 'string' ? JSON.parse(given) : given;
    return { method, url, body, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'connection').sort()) };
  };
  const node = require('node-fetch');
  const kinds = {
    'node-fetch': { fetch: node, Headers: node.Headers, Request: node.Request, Response: node.Response },
    'isomorphic-fetch': { fetch: require('isomorphic-fetch'), Headers: node.Headers, Request: node.Request, Response: node.Response },
    global: { fetch: globalThis.fetch, Headers: globalThis.Headers, Request: globalThis.Request, Response: globalThis.Response },
  };

  for (const [kind, { fetch, Headers, Request, Response }] of Object.entries(kinds)) {
    const isGlobal = kind === 'global';
    const error = async (action) => {
      try {
        await action();
        return 'no error';
      } catch (thrown) {
        return isGlobal ? [thrown.name] : [thrown.name, thrown.message, thrown.type, thrown.code, thrown.errno, thrown instanceof Error];
      }
    };
    await check(`${kind} get`, async () => { const r = await fetch(`${a}/echo?x=1`); return [r.status, r.ok, r.statusText, r.redirected, r.url === `${a}/echo?x=1`, r.headers.get('content-type'), seen(await r.json())]; });
    await check(`${kind} post json`, async () => seen(await (await fetch(`${a}/echo`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-A': '1' }, body: JSON.stringify({ a: 'é' }) })).json()));
    await check(`${kind} post text`, async () => seen(await (await fetch(`${a}/echo`, { method: 'post', body: 'x' })).json()));
    await check(`${kind} post params`, async () => seen(await (await fetch(`${a}/echo`, { method: 'POST', body: new URLSearchParams({ a: 'b c' }) })).json()));
    await check(`${kind} post buffer`, async () => seen(await (await fetch(`${a}/echo`, { method: 'PUT', body: Buffer.from('b') })).json()));
    await check(`${kind} post nothing`, async () => seen(await (await fetch(`${a}/echo`, { method: 'POST' })).json()));
    await check(`${kind} delete`, async () => seen(await (await fetch(`${a}/echo`, { method: 'DELETE' })).json()));
    await check(`${kind} headers class`, async () => seen(await (await fetch(`${a}/echo`, { headers: new Headers([['X-B', '1'], ['x-b', '2']]) })).json()).headers);
    await check(`${kind} 404`, async () => { const r = await fetch(`${a}/status/404`); return [r.status, r.ok, r.statusText, await r.text()]; });
    await check(`${kind} 500 json`, async () => (await fetch(`${a}/status/500`)).json());
    await check(`${kind} 204`, async () => { const r = await fetch(`${a}/status/204`); return [r.status, await r.text()]; });
    await check(`${kind} head`, async () => { const r = await fetch(`${a}/status/200`, { method: 'HEAD' }); return [r.status, await r.text()]; });
    await check(`${kind} invalid json`, async () => (await error(async () => (await fetch(`${a}/utf8`)).json())).map((each) => (typeof each === 'string' ? each.split(a).join('') : each)));
    await check(`${kind} read twice`, async () => { const r = await fetch(`${a}/status/200`); await r.text(); return [r.bodyUsed, (await error(() => r.text()))[0]]; });
    await check(`${kind} clone`, async () => { const r = await fetch(`${a}/status/200`); const copy = r.clone(); return [await copy.text(), await r.text()]; });
    await check(`${kind} array buffer`, async () => new Uint8Array(await (await fetch(`${a}/utf8`)).arrayBuffer()));
    await check(`${kind} gzip`, async () => { const r = await fetch(`${a}/gzip`); return [await r.text(), r.headers.get('content-encoding')]; });
    await check(`${kind} deflate`, async () => (await fetch(`${a}/deflate`)).text());
    await check(`${kind} redirect`, async () => { const r = await fetch(`${a}/redirect?to=/echo`); return [r.status, r.redirected, r.url === `${a}/echo`]; });
    for (const status of [301, 302, 303, 307, 308]) {
      await check(`${kind} redirected post ${status}`, async () => {
        const { headers: { 'content-type': type, ...headers }, ...rest } = seen(await (await fetch(`${a}/redirect?status=${status}&to=/echo`, { method: 'POST', body: 'x', headers: { 'x-a': 'b', authorization: 'c' } })).json());
        return { ...rest, headers };
      });
    }
    await check(`${kind} manual`, async () => { const r = await fetch(`${a}/redirect?to=/echo`, { redirect: 'manual' }); return [r.status, r.ok, r.headers.get('location')?.replace(a, '')]; });
    await check(`${kind} redirect error`, async () => (await error(() => fetch(`${a}/redirect?to=/echo`, { redirect: 'error' }))).map((each) => (typeof each === 'string' ? each.split(a).join('') : each)));
    await check(`${kind} refused`, () => error(() => fetch('http://127.0.0.1:1/')));
    await check(`${kind} abort`, () => error(() => { const stop = new AbortController(); setTimeout(() => stop.abort(), 20); return fetch(`${a}/never`, { signal: stop.signal }); }));
    await check(`${kind} aborted before`, () => error(() => fetch(`${a}/never`, { signal: AbortSignal.abort() })));
    await check(`${kind} get with body`, () => error(() => fetch(`${a}/echo`, { body: 'x' })).then(([name]) => name));
    await check(`${kind} request`, async () => { const r = new Request(`${a}/echo`, { method: 'POST', body: 'q', headers: { 'x-r': '1' } }); return [r.method, r.url === `${a}/echo`, r.redirect, seen(await (await fetch(r)).json())]; });
    await check(`${kind} response`, async () => { const r = new Response('{"a":1}', { status: 201, headers: { 'x-y': 'z' } }); return [r.status, r.ok, r.headers.get('X-Y'), await r.json()]; });
    await check(`${kind} headers`, () => {
      const h = new Headers({ A: '1', b: '2' });
      h.append('a', '3');
      h.set('B', '4');
      h.delete('none');
      const each = [];
      h.forEach((value, name) => each.push([name, value]));
      return [[...h], h.get('a'), h.get('none'), h.has('B'), each, [...h.keys()], [...h.values()]];
    });
    await check(`${kind} invalid header`, () => error(() => new Headers({ 'a b': '1' })).then(([name]) => name));
    await check(`${kind} broken`, () => error(async () => (await fetch(`${a}/broken`)).text()).then(([name]) => name));
  }
  await check('node-fetch raw', async () => (await node(`${a}/headers`)).headers.raw()['set-cookie']);
  await check('node-fetch buffer', async () => (await node(`${a}/utf8`)).buffer());
  await check('node-fetch stream', async () => { const chunks = []; for await (const chunk of (await node(`${a}/utf8`)).body) chunks.push(chunk); return Buffer.concat(chunks).toString(); });
  await check('node-fetch body pipe', async () => typeof (await node(`${a}/utf8`)).body.pipe);
  await check('node-fetch timeout', async () => { try { return await node(`${a}/never`, { timeout: 50 }); } catch (error) { return [error.name, error.message.replace(a, ''), error.type, error.code]; } });
  await check('node-fetch follow', async () => { try { return await node(`${a}/chain?left=4`, { follow: 2 }); } catch (error) { return [error.name, error.message.replace(a, ''), error.type]; } });
  await check('node-fetch follow 0', async () => { try { return await node(`${a}/redirect?to=/echo`, { follow: 0 }); } catch (error) { return [error.name, error.message.replace(a, ''), error.type]; } });
  await check('node-fetch size', async () => { try { return await (await node(`${a}/bytes?count=50`, { size: 10 })).text(); } catch (error) { return [error.message.replace(a, ''), error.type]; } });
  await check('node-fetch relative', () => node('/x'));
  await check('node-fetch protocol', () => node('ftp://127.0.0.1/'));
  await check('node-fetch auth in the address', async () => (await (await node(`${a.replace('//', '//x:y@')}/echo`)).json()).headers.authorization);
  await check('node-fetch isRedirect', () => [node.isRedirect(301), node.isRedirect(200), typeof node.default, typeof node.FetchError]);
  await check('node-fetch default', async () => (await node.default(`${a}/status/200`)).status);
  await check('global set-cookie', async () => (await fetch(`${a}/headers`)).headers.getSetCookie());
  await check('global timeout signal', async () => { try { return await fetch(`${a}/never`, { signal: AbortSignal.timeout(30) }); } catch (error) { return error.name; } });
  await check('global form', async () => {
    const form = new FormData();
    form.append('a', 'é\nb');
    form.append('a', 5);
    form.append('file', new Blob(['text'], { type: 'Text/Plain' }), 'n"ame.txt');
    form.append('blob', new Blob([Buffer.from([0, 255])]));
    form.set('gone', 'x');
    form.delete('gone');
    const seen = await (await fetch(`${a}/multipart`, { method: 'POST', body: form })).json();
    const file = form.get('file');
    return [seen, [...form.keys()], form.getAll('a'), form.has('gone'), form.get('none'), file.name, file.size, file.type, file instanceof File, file instanceof Blob];
  });
  await check('global blob', async () => {
    const blob = new Blob(['ab', new Uint8Array([99]), new Blob(['d'])], { type: 'x/y' });
    const echoed = await (await fetch(`${a}/echo`, { method: 'POST', body: blob })).json();
    const got = await (await fetch(`${a}/utf8`)).blob();
    return [await blob.text(), blob.size, await blob.slice(1, 3).text(), echoed.body, echoed.headers['content-type'], got.type, await got.text(), `${blob}`];
  });
  await check('global host of a URL', () => ['example.com', 'example.com:8080', 'x:443', '[::1]:5', ''].map((host) => { const url = new URL('https://a.b:1/c?d'); url.host = host; return url.href; }));
  await check('global invalid url', async () => { try { return await fetch('nonsense'); } catch (error) { return [error.name, error.cause?.code ?? error.code]; } });
  await check('global json', async () => { const r = Response.json({ a: 1 }, { status: 201 }); return [r.status, r.headers.get('content-type'), await r.json()]; });
};
