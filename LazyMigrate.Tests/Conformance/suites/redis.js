// node-redis, version 5 and later. The keys are those of the suite; what the sandbox and Node left is deleted first.
module.exports = async (check, env) => {
  const redis = require('redis');
  const { createClient } = redis;
  const client = createClient({ url: env.REDIS_URI });
  client.on('error', () => {});

  await check('before connect', async () => [client.isOpen, client.isReady, await client.get('s').catch((e) => e)]);
  await check('connect', async () => { const same = await client.connect(); return [same === client, client.isOpen, client.isReady]; });
  await check('connect twice', () => client.connect());
  await check('clear', async () => typeof await client.del(['s', 'n', 'h', 'l', 'set', 'z', 'x', 'many1', 'many2']));
  await check('set and get', async () => [await client.set('s', "it's\r\n\"x\" ünï 😀"), await client.get('s')]);
  await check('missing', () => client.get('none'));
  await check('set options', async () => [await client.set('x', '1', { EX: 100, NX: true }), await client.set('x', '2', { NX: true }), await client.get('x'), await client.ttl('x') > 90]);
  await check('set expiration', async () => [await client.set('x', '3', { expiration: { type: 'EX', value: 50 } }), await client.ttl('x') > 40]);
  await check('setEx', async () => [await client.setEx('x', 10, 'v'), await client.ttl('x') > 0]);
  await check('incr', async () => [await client.set('n', '5'), await client.incr('n'), await client.incrBy('n', 4), await client.decr('n')]);
  await check('exists', async () => [await client.exists('s'), await client.exists(['s', 'n', 'none'])]);
  await check('expire', async () => [await client.expire('s', 100), await client.expire('none', 1), await client.ttl('none'), await client.persist('s')]);
  await check('type', async () => [await client.type('s'), await client.type('none')]);
  await check('mGet', async () => [await client.mSet({ many1: 'a', many2: 'b' }), await client.mGet(['many1', 'none', 'many2'])]);
  await check('hSet', async () => [await client.hSet('h', 'name', 'Ada'), await client.hSet('h', { age: 36, city: 'London' }), await client.hSet('h', 'age', '37')]);
  await check('hGet', async () => [await client.hGet('h', 'name'), await client.hGet('h', 'none'), await client.hGet('none', 'x')]);
  await check('hGetAll', async () => [await client.hGetAll('h'), await client.hGetAll('none')]);
  await check('hmGet', () => client.hmGet('h', ['name', 'none']));
  await check('hash', async () => [await client.hExists('h', 'name'), await client.hLen('h'), (await client.hKeys('h')).sort(), (await client.hVals('h')).sort(), await client.hDel('h', 'city'), await client.hIncrBy('h', 'age', 2)]);
  await check('set members', async () => [await client.sAdd('set', ['a', 'b', 'a']), (await client.sMembers('set')).sort(), await client.sIsMember('set', 'a'), await client.sCard('set'), await client.sRem('set', 'b')]);
  await check('list', async () => [await client.rPush('l', ['1', '2', '3']), await client.lPush('l', '0'), await client.lRange('l', 0, -1), await client.lPop('l'), await client.lLen('l'), await client.lIndex('l', 1)]);
  await check('sorted set', async () => [
    await client.zAdd('z', [{ score: 1, value: 'one' }, { score: 2.5, value: 'two' }]), await client.zAdd('z', { score: 3, value: 'three' }), await client.zRange('z', 0, -1),
    await client.zRange('z', 0, 1, { REV: true }), await client.zRangeWithScores('z', 0, -1), await client.zScore('z', 'two'), await client.zScore('z', 'none'), await client.zCard('z'), await client.zRank('z', 'two'), await client.zRem('z', 'one'),
  ]);
  await check('zRange by score', () => client.zRange('z', '-inf', '3', { BY: 'SCORE', LIMIT: { offset: 0, count: 1 } }));
  await check('sendCommand', async () => [await client.sendCommand(['HGET', 'h', 'name']), await client.sendCommand(['TTL', 'h'])]);
  await check('eval', () => client.eval("return {KEYS[1], ARGV[1], 7}", { keys: ['s'], arguments: ["x'y"] }));
  await check('multi', () => client.multi().set('x', '9').get('x').hGetAll('h').exec());
  await check('wrong type', async () => { const error = await client.hGet('s', 'f').catch((e) => e); return [error, error instanceof redis.ErrorReply]; });
  await check('unknown command', () => client.sendCommand(['NOSUCH', 'x']).catch((error) => error.message.slice(0, 27)));
  await check('injection', async () => [await client.set('x', 'v\r\nDEL s\r\n'), await client.get('x'), await client.exists('s'), await client.get('s\r\nFLUSHALL')]);
  await check('ping', () => client.ping());
  await check('aliases', async () => [await client.HGETALL('none'), await client.GET('none')]);
  await check('quit', async () => [await client.quit(), client.isOpen]);
  await check('after quit', () => client.get('s'));
  await check('wrong password', async () => { const other = createClient({ url: env.REDIS_URI.replace(/:[^:@]*@/, ':wrong@'), socket: { reconnectStrategy: false } }); other.on('error', () => {}); return other.connect().catch((error) => error.message.split(' ')[0]); });
  await check('refused', async () => { const other = createClient({ socket: { host: '127.0.0.1', port: 1, reconnectStrategy: false } }); other.on('error', () => {}); return other.connect(); });
};
