// axios 1.x against a real server.
module.exports = async (check, env) => {
  const axios = require('axios');
  const a = env.ADDRESS;
  const clean = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !['connection', 'date', 'server', 'transfer-encoding'].includes(name.toLowerCase())).sort());
  const seen = (given) => {
    const { method, url, headers, body } = typeof given === 'string' ? JSON.parse(given) : given;
    return { method, url, body, headers: clean(headers) };
  };
  const failed = async (action) => {
    try {
      await action();
      return 'no error';
    } catch (error) {
      return [error.name, error.message, error.code, error.status, error.response && error.response.status, error.response && error.response.data, axios.isAxiosError(error), error instanceof Error, error instanceof axios.AxiosError, error.cause && error.cause.code, axios.isCancel(error)];
    }
  };

  await check('get', async () => { const { data, status, statusText, headers, config } = await axios.get(`${a}/echo?x=1`); return [seen(data), status, statusText, headers['content-type'], headers['set-cookie'], config.method, typeof config.url]; });
  for (const method of ['delete', 'head', 'options']) await check(method, async () => { const { data, status } = await axios[method](`${a}/echo`); return [status, data && seen(data)]; });
  for (const method of ['post', 'put', 'patch']) {
    await check(`${method} object`, async () => seen((await axios[method](`${a}/echo`, { a: [1, { b: 'é' }], n: null, u: undefined })).data));
    await check(`${method} nothing`, async () => seen((await axios[method](`${a}/echo`)).data));
  }
  await check('delete with data', async () => seen((await axios.delete(`${a}/echo`, { data: { a: 1 } })).data));
  await check('post text', async () => seen((await axios.post(`${a}/echo`, 'a=1&b=2')).data));
  await check('post text as json', async () => seen((await axios.post(`${a}/echo`, 'text', { headers: { 'Content-Type': 'application/json' } })).data));
  await check('post json text as json', async () => seen((await axios.post(`${a}/echo`, '{"a":1}', { headers: { 'content-type': 'application/json' } })).data));
  await check('post params', async () => seen((await axios.post(`${a}/echo`, new URLSearchParams({ a: 'b c', d: 'é' }))).data));
  await check('post object as form', async () => seen((await axios.post(`${a}/echo`, { a: 'b c', list: [1, 2], deep: { k: ['x', { y: 1 }] }, d: new Date(0), t: true, n: null, s: "~!'()" }, { headers: { 'content-type': 'application/x-www-form-urlencoded' } })).data));
  await check('post buffer', async () => seen((await axios.post(`${a}/echo`, Buffer.from('bytes'))).data));
  await check('post array buffer', async () => seen((await axios.post(`${a}/echo`, new Uint8Array([65, 66]).buffer)).data));
  await check('post number', async () => seen((await axios.post(`${a}/echo`, 5, { headers: { 'content-type': 'application/json' } })).data));
  await check('postForm', async () => (await axios.postForm(`${a}/multipart`, { a: 'b', list: ['1', '2'], o: { k: 'v' } })).data);
  await check('multipart by header', async () => (await axios.post(`${a}/multipart`, { a: 'b' }, { headers: { 'Content-Type': 'multipart/form-data' } })).data);
  await check('config only', async () => seen((await axios({ method: 'PUT', url: `${a}/echo`, data: { a: 1 } })).data));
  await check('url and config', async () => seen((await axios(`${a}/echo`, { method: 'post', data: 'x' })).data));
  await check('request', async () => seen((await axios.request({ url: `${a}/echo` })).data));
  await check('params', async () => (await axios.get(`${a}/echo?z=0`, { params: { a: 'b c', list: [1, 2], o: { k: 1, l: [3] }, n: null, u: undefined, d: new Date(0), s: "é:$,[]'+", b: false, f: '' } })).data.url);
  await check('params as URLSearchParams', async () => (await axios.get(`${a}/echo`, { params: new URLSearchParams('a=1&a=2') })).data.url);
  await check('params serializer', async () => (await axios.get(`${a}/echo`, { params: { a: [1, 2] }, paramsSerializer: { indexes: null } })).data.url);
  await check('params serializer indexes', async () => (await axios.get(`${a}/echo`, { params: { a: [1, 2] }, paramsSerializer: { indexes: true } })).data.url);
  await check('params serializer function', async () => (await axios.get(`${a}/echo`, { params: { a: 1 }, paramsSerializer: { serialize: (params) => `s=${params.a}` } })).data.url);
  await check('params serializer encode', async () => (await axios.get(`${a}/echo`, { params: { a: 'b' }, paramsSerializer: { encode: (text) => `<${text}>`.replace(/[<>]/g, '-') } })).data.url);
  await check('headers', async () => clean((await axios.get(`${a}/echo`, { headers: { 'X-A': 1, 'x-list': ['p', 'q'], 'X-Off': false, 'X-None': null, 'X-U': undefined, accept: 'text/x' } })).data.headers));
  await check('auth', async () => (await axios.get(`${a}/echo`, { auth: { username: 'u', password: 'é' }, headers: { Authorization: 'Bearer x' } })).data.headers.authorization);
  await check('auth in the address', async () => (await axios.get(`${a.replace('//', '//x:y@')}/echo`)).data.headers.authorization);
  await check('401', () => failed(() => axios.get(`${a}/status/401`)));
  await check('500', () => failed(() => axios.post(`${a}/status/500`, { a: 1 })));
  await check('304', () => failed(() => axios.get(`${a}/status/304`)));
  await check('validateStatus', async () => (await axios.get(`${a}/status/404`, { validateStatus: (status) => status < 500 })).status);
  await check('validateStatus null', async () => (await axios.get(`${a}/status/503`, { validateStatus: null })).status);
  await check('204', async () => { const { status, data, statusText } = await axios.get(`${a}/status/204`); return [status, data, statusText]; });
  await check('refused', () => failed(() => axios.get('http://127.0.0.1:1/')));
  await check('timeout', () => failed(() => axios.get(`${a}/never`, { timeout: 50 })));
  await check('timeout message', () => failed(() => axios.get(`${a}/never`, { timeout: 50, timeoutErrorMessage: 'slow' })));
  await check('timeout clarified', () => failed(() => axios.get(`${a}/never`, { timeout: 50, transitional: { clarifyTimeoutError: true } })));
  await check('timeout of nonsense', () => failed(() => axios.get(`${a}/never`, { timeout: 'x' })));
  await check('invalid url', () => failed(() => axios.get('nonsense')));
  await check('unsupported protocol', () => failed(() => axios.get('ftp://127.0.0.1/')));
  await check('broken', () => failed(() => axios.get(`${a}/broken`)).then((all) => all[6]));
  await check('redirect', async () => { const { data, request } = await axios.get(`${a}/redirect?to=/echo`); return [data.url, request.res.responseUrl === `${a}/echo`]; });
  for (const status of [301, 302, 303, 307, 308]) await check(`post redirected ${status}`, async () => seen((await axios.post(`${a}/redirect?status=${status}&to=/echo`, { a: 1 }, { headers: { 'x-a': 'b' } })).data));
  await check('no redirects', () => failed(() => axios.get(`${a}/redirect?to=/echo`, { maxRedirects: 0 })));
  await check('too many redirects', () => failed(() => axios.get(`${a}/chain?left=4`, { maxRedirects: 2 })));
  await check('gzip', async () => { const { data, headers } = await axios.get(`${a}/gzip`); return [data, headers['content-encoding']]; });
  await check('deflate', async () => (await axios.get(`${a}/deflate`)).data);
  await check('brotli', async () => (await axios.get(`${a}/brotli`)).data);
  await check('no decompression', async () => { const { data, headers } = await axios.get(`${a}/gzip`, { decompress: false, responseType: 'arraybuffer' }); return [data.subarray(0, 2), headers['content-encoding']]; });
  await check('text', async () => (await axios.get(`${a}/status/200`, { responseType: 'text' })).data);
  await check('json', async () => (await axios.get(`${a}/status/200`, { responseType: 'json' })).data);
  await check('json of no json', async () => (await axios.get(`${a}/utf8`, { responseType: 'json' })).data);
  await check('strict json', () => failed(() => axios.get(`${a}/utf8`, { responseType: 'json', transitional: { silentJSONParsing: false } })).then(([name, , code]) => [name, code]));
  await check('arraybuffer', async () => (await axios.get(`${a}/utf8`, { responseType: 'arraybuffer' })).data);
  await check('stream', async () => { const chunks = []; for await (const chunk of (await axios.get(`${a}/utf8`, { responseType: 'stream' })).data) chunks.push(chunk); return Buffer.concat(chunks).toString(); });
  await check('response encoding', async () => (await axios.get(`${a}/utf8`, { responseEncoding: 'latin1' })).data);
  await check('byte order mark', async () => (await axios.get(`${a}/bom`)).data);
  await check('max content length', () => failed(() => axios.get(`${a}/bytes?count=100`, { maxContentLength: 10 })));
  await check('max body length', () => failed(() => axios.post(`${a}/echo`, 'x'.repeat(50), { maxBodyLength: 10 })));
  await check('baseURL', async () => (await axios.get('echo', { baseURL: `${a}/` })).data.url);
  await check('baseURL and address', async () => (await axios.get(`${a}/echo`, { baseURL: 'http://127.0.0.1:1' })).data.url);
  await check('transformRequest', async () => seen((await axios.post(`${a}/echo`, { a: 1 }, { transformRequest: [(data, headers) => { headers['X-T'] = '1'; return JSON.stringify({ ...data, b: 2 }); }] })).data));
  await check('transformResponse', async () => (await axios.get(`${a}/status/200`, { transformResponse: [(data) => [typeof data, data.length]] })).data);
  await check('transformResponse after the default', async () => (await axios.get(`${a}/status/200`, { transformResponse: [...axios.defaults.transformResponse, (data) => data.error] })).data);
  await check('transformResponse of failure', () => failed(() => axios.get(`${a}/status/400`, { transformResponse: () => 'made' })));
  await check('create', async () => {
    const api = axios.create({ baseURL: a, headers: { 'X-Key': 'k', common: { 'X-C': 'c' }, post: { 'X-P': 'p' } }, params: { p: 1 } });
    return [seen((await api.get('/echo', { params: { q: 2 }, headers: { 'x-key': 'l' } })).data), seen((await api.post('/echo', {})).data)];
  });
  await check('create of create', async () => (await axios.create({ baseURL: a }).create({ headers: { 'x-n': '1' } }).get('/echo')).data.headers['x-n']);
  await check('defaults', async () => {
    const api = axios.create();
    api.defaults.baseURL = a;
    api.defaults.headers.common.Authorization = 'Bearer z';
    api.defaults.headers.post['X-Post'] = '1';
    api.defaults.headers['X-All'] = '2';
    return [seen((await api.get('/echo')).data).headers, seen((await api.post('/echo', {})).data).headers];
  });
  await check('defaults of axios', () => [axios.defaults.timeout, axios.defaults.maxContentLength, axios.defaults.headers.common.Accept, axios.defaults.xsrfCookieName, axios.defaults.transitional.silentJSONParsing, axios.defaults.validateStatus(200), axios.defaults.validateStatus(300)]);
  await check('interceptors', async () => {
    const api = axios.create({ baseURL: a });
    const order = [];
    api.interceptors.request.use((config) => { order.push('q1'); config.headers['X-I'] = '1'; return config; });
    api.interceptors.request.use(async (config) => { order.push('q2'); config.headers.set('X-J', '2'); return config; });
    api.interceptors.response.use((response) => { order.push('r1'); return response; });
    const gone = api.interceptors.response.use(() => 'gone');
    api.interceptors.response.eject(gone);
    api.interceptors.response.use((response) => { order.push('r2'); return seen(response.data).headers; });
    return [await api.get('/echo'), order];
  });
  await check('interceptor of failure', async () => {
    const api = axios.create({ baseURL: a });
    api.interceptors.response.use(undefined, (error) => `recovered ${error.response.status}`);
    return api.get('/status/418');
  });
  await check('request interceptor rejects', () => { const api = axios.create(); api.interceptors.request.use(() => Promise.reject(new Error('stop'))); return api.get(`${a}/echo`); });
  await check('cancel token', () => failed(() => { const source = axios.CancelToken.source(); setTimeout(() => source.cancel('enough'), 20); return axios.get(`${a}/never`, { cancelToken: source.token }); }));
  await check('cancel token before', () => failed(() => { const source = axios.CancelToken.source(); source.cancel(); return axios.get(`${a}/never`, { cancelToken: source.token }); }));
  await check('cancel token executor', () => failed(() => { let cancel; const asked = axios.get(`${a}/never`, { cancelToken: new axios.CancelToken((call) => { cancel = call; }) }); setTimeout(() => cancel('by executor'), 20); return asked; }));
  await check('signal', () => failed(() => { const stop = new AbortController(); setTimeout(() => stop.abort(), 20); return axios.get(`${a}/never`, { signal: stop.signal }); }));
  await check('signal before', () => failed(() => axios.get(`${a}/never`, { signal: AbortSignal.abort() })));
  await check('toJSON', async () => { try { await axios.post(`${a}/status/400`, { a: 1 }); } catch (error) { const { stack, config, ...rest } = error.toJSON(); return [rest, typeof stack, config.method, config.data, config.url === `${a}/status/400`, typeof JSON.stringify(error)]; } });
  await check('error config', async () => { try { await axios.get(`${a}/status/400`, { params: { a: 1 } }); } catch (error) { return [error.config.method, error.config.params, error.config.headers.get('accept'), typeof error.request, error.response.config === error.config, error.response.headers['content-type']]; } });
  await check('response headers', async () => { const { headers } = await axios.get(`${a}/headers`); return [headers['x-twice'], headers['set-cookie'], headers.get('X-Twice'), headers.has('x-none'), headers.getContentType(), headers instanceof axios.AxiosHeaders]; });
  await check('AxiosHeaders', () => {
    const headers = new axios.AxiosHeaders({ 'X-A': 1, b: ['2', '3'] });
    headers.set('x-a', 'new').set('C', 'c', false).set('c', 'd', false);
    return [headers.toJSON(), headers.get('B'), headers.delete('X-a'), String(headers), axios.AxiosHeaders.from('D: 4\nE: 5').toJSON(), [...headers], axios.AxiosHeaders.concat({ a: '1' }, { A: '2' }).toJSON()];
  });
  await check('adapter', () => axios.get('/x', { adapter: async (config) => ({ data: config.url, status: 200, statusText: 'OK', headers: {}, config }) }).then(({ data }) => data));
  await check('all and spread', () => axios.all([1, Promise.resolve(2)]).then(axios.spread((x, y) => x + y)));
  await check('getUri', () => axios.getUri({ url: '/x', baseURL: 'http://h', params: { a: [1], b: 'c d' } }));
  await check('data in get', async () => seen((await axios.get(`${a}/echo`, { data: { a: 1 } })).data));
  await check('surface', () => [typeof axios.default, typeof axios.Axios, typeof axios.Cancel, typeof axios.mergeConfig, typeof axios.toFormData, typeof axios.formToJSON, axios.isCancel({}), axios.isAxiosError(null), axios.HttpStatusCode.NotFound, new axios.AxiosError('m', 'C').code, new axios.CanceledError().message]);
};
