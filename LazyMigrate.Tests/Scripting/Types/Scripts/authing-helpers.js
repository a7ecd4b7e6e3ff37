async function login(query, password, context) {
  const util = require('util');
  const Promise = require('bluebird');
  const Q = require('q');
  const moment = require('moment');
  const scrypt = util.promisify(require('crypto').scrypt);
  const argon2 = require('argon2');
  const redis = require('redis').createClient({ url: env.REDIS_URL });
  await redis.connect();
  const user = await redis.hGetAll('user:' + (query.email || query.username || query.phone));
  const key = await scrypt(password, user.salt, 64);
  const ok = key.toString('hex') === user.key || await argon2.verify(user.hash, password);
  await Promise.delay(10);
  await Promise.map([1, 2], (n) => n * 2, { concurrency: 1 });
  await Q.delay(1);
  const sleep = (ms) => new global.Promise((resolve) => setTimeout(resolve, ms));
  await sleep(1);
  if (!ok) throw new WrongPasswordError();
  const left = moment(user.ends) - moment();
  const sum = [1, 2].reduce((a, b) => a + b, '');
  return { id: user.id, email: user.email, customData: { ip: context.request.ip, pool: context.userPoolName, left, sum, n: isNaN(user.count) } };
}
