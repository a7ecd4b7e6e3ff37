// Version 3 of ldapjs against the same slapd. `entry.object`, which version 3 no longer has, is in LdapTests.
module.exports = async (check, env) => {
  const ldap = require('ldapjs');
  const open = (options) => ldap.createClient({ url: env.LDAP_URL, ...options });
  const asked = (run) => new Promise((resolve) => { run((...args) => resolve(args)); });
  const look = (error) => error && [error.name, error.code, error.message, error.lde_message, error.lde_dn ?? null, error instanceof Error];
  const bind = async (client, dn, password) => look((await asked((c) => client.bind(dn, password, c)))[0]);
  const search = (client, base, options) => new Promise((resolve) => {
    client.search(base, options, (error, res) => {
      if (error) return resolve(['callback', look(error)]);
      const seen = [];
      res.on('searchEntry', (entry) => { seen.push([String(entry.objectName), entry.attributes.map(({ type, values }) => [type, values])]); });
      res.on('searchReference', (reference) => { seen.push(reference.uris); });
      res.on('error', (failure) => resolve(['error', seen, look(failure)]));
      res.on('end', (result) => resolve([seen, result.status]));
    });
  });
  const people = `ou=people,${env.LDAP_BASE}`;
  const client = open();

  await check('admin', () => bind(client, env.ADMIN_DN, env.ADMIN_PASSWORD));
  await check('bind', () => bind(client, `uid=ada,${people}`, 'opensesame'));
  await check('bind of a name with umlauts', () => bind(client, `uid=gödel,${people}`, 'opensesame'));
  await check('wrong password', () => bind(client, `uid=ada,${people}`, 'wrong'));
  await check('no such person', () => bind(client, `uid=nobody,${people}`, 'opensesame'));
  await check('no DN', async () => (await bind(client, 'nonsense', 'opensesame')).slice(0, 2));
  await check('anonymous', () => bind(client, '', ''));
  await check('anonymous with a password', () => bind(client, '', 'x').then((seen) => seen.slice(0, 2)));
  await check('bind result', async () => { const [error, result] = await asked((c) => client.bind(`uid=ada,${people}`, 'opensesame', c)); return [error, result.status]; });
  await check('wrong arguments', () => client.bind(5, 'x', () => {}));
  await check('error class', async () => { const [error] = await asked((c) => client.bind(`uid=ada,${people}`, 'wrong', c)); return [error instanceof ldap.InvalidCredentialsError, error instanceof ldap.LDAPError, error.dn]; });

  await check('base', () => search(client, `uid=ada,${people}`, { attributes: ['uid', 'cn', 'mail'] }));
  await check('sub', () => search(client, env.LDAP_BASE, { scope: 'sub', filter: '(uid=*)', attributes: ['uid'] }));
  await check('one', () => search(client, env.LDAP_BASE, { scope: 'one', filter: '(objectClass=*)', attributes: ['ou'] }));
  await check('one attribute as text', () => search(client, people, { scope: 'sub', filter: 'uid=ada', attributes: 'sn' }));
  await check('all attributes', () => search(client, `uid=ada,${people}`, {}));
  await check('no options', () => new Promise((resolve) => { client.search(`uid=ada,${people}`, (error, res) => { let n = 0; res.on('searchEntry', () => { n++; }); res.on('end', () => resolve([error, n])); }); }));
  await check('options as text', () => search(client, env.LDAP_BASE, '(uid=x)'));
  await check('nobody', () => search(client, people, { scope: 'sub', filter: '(uid=nobody)' }));
  await check('types only', () => search(client, `uid=ada,${people}`, { typesOnly: true, attributes: ['mail', 'sn'] }));
  await check('umlauts', () => search(client, people, { scope: 'sub', filter: '(cn=Kurt Gödel)', attributes: ['cn', 'sn'] }));
  await check('no such base', () => search(client, `ou=nowhere,${env.LDAP_BASE}`, { scope: 'sub', filter: '(uid=*)' }));
  await check('size limit', () => search(client, people, { scope: 'sub', filter: '(uid=*)', attributes: ['uid'], sizeLimit: 1 }));
  await check('paged', () => search(client, people, { scope: 'sub', filter: '(uid=*)', attributes: ['uid'], paged: { pageSize: 1 } }).then(([found]) => found.length));
  for (const filter of [
    '(&(uid=ada)(mail=ada@example.com))', '(|(uid=ada)(uid=grace))', '(&(objectClass=inetOrgPerson)(!(uid=ada)))', '(cn=Ada*)', '(cn=*Love*)', '(cn=A*L*e)', '(cn=*lace)',
    '(uid>=b)', '(uid<=b)', '(sn~=Lovelace)', '(uid:caseIgnoreMatch:=ADA)', '(mail=countess@example.com)', '(member=uid=ada,ou=people,dc=example,dc=com)',
    'uid=grace', '(&)',
  ]) {
    await check(`filter ${filter}`, () => search(client, env.LDAP_BASE, { scope: 'sub', filter, attributes: ['uid', 'cn'] }));
  }
  await check('filter classes', () => search(client, people, {
    scope: 'sub', attributes: ['uid'],
    filter: new ldap.AndFilter({ filters: [
      new ldap.EqualityFilter({ attribute: 'uid', value: 'ada' }), new ldap.PresenceFilter({ attribute: 'mail' }), new ldap.SubstringFilter({ attribute: 'cn', initial: 'Ada', any: ['ove'], final: 'lace' }),
      new ldap.NotFilter({ filter: new ldap.OrFilter({ filters: [new ldap.EqualityFilter({ attribute: 'uid', value: 'x' }), new ldap.GreaterThanEqualsFilter({ attribute: 'uid', value: 'b' })] }) }),
    ] }),
  }));
  await check('a value that looks like a filter', () => search(client, people, { scope: 'sub', filter: new ldap.EqualityFilter({ attribute: 'uid', value: '*)(uid=*' }), attributes: ['uid'] }));
  await check('a value with stars', () => search(client, people, { scope: 'sub', filter: new ldap.EqualityFilter({ attribute: 'cn', value: 'Grace *(H)\\ Hopper' }), attributes: ['uid'] }));
  await check('wrong filter', () => search(client, people, { scope: 'sub', filter: '(uid=a' }));
  await check('filter of the wrong type', () => search(client, people, { filter: 5 }));
  await check('base that is no DN', () => search(client, 'nonsense', {}));
  await check('entry pojo', () => new Promise((resolve) => { client.search(`uid=ada,${people}`, { attributes: ['uid'] }, (error, res) => { res.on('searchEntry', ({ pojo }) => resolve([pojo.type, pojo.objectName, pojo.attributes])); }); }));
  await check('buffers', () => new Promise((resolve) => { client.search(`uid=ada,${people}`, { attributes: ['uid'] }, (error, res) => { res.on('searchEntry', (entry) => resolve(entry.attributes[0].buffers)); }); }));
  await check('listeners added later', () => new Promise((resolve) => { client.search(`uid=ada,${people}`, { attributes: ['uid'] }, (error, res) => { setTimeout(() => { let n = 0; res.on('searchEntry', () => { n++; }); res.on('end', () => resolve(n)); }, 20); }); }));

  await check('compare true', async () => { const [error, same] = await asked((c) => client.compare(`uid=ada,${people}`, 'sn', 'lovelace', c)); return [error, same]; });
  await check('compare false', async () => { const [error, same] = await asked((c) => client.compare(`uid=ada,${people}`, 'sn', 'other', c)); return [error, same]; });
  await check('compare of nobody', async () => look((await asked((c) => client.compare(`uid=nobody,${people}`, 'sn', 'x', c)))[0]));
  await check('starttls', async () => { const other = open(); const [error] = await asked((c) => other.starttls({ ca: env.LDAP_CA, host: '127.0.0.1' }, [], c)); const seen = await bind(other, `uid=ada,${people}`, 'opensesame'); other.destroy(); return [error, seen]; });
  await check('ldaps', async () => { const other = open({ url: env.LDAPS_URL, tlsOptions: { ca: env.LDAP_CA } }); other.on('error', () => {}); const seen = await bind(other, `uid=ada,${people}`, 'opensesame'); other.destroy(); return seen; });
  await check('ldaps unverified', async () => { const other = open({ url: env.LDAPS_URL, tlsOptions: { rejectUnauthorized: false } }); other.on('error', () => {}); const seen = await bind(other, `uid=ada,${people}`, 'opensesame'); other.destroy(); return seen; });
  await check('connect event', () => new Promise((resolve) => { const other = open(); other.on('connect', () => { resolve('connect'); other.destroy(); }); }));
  await check('bindDN', () => new Promise((resolve) => { const other = open({ bindDN: `uid=ada,${people}`, bindCredentials: 'opensesame' }); other.on('connect', () => { resolve('connect'); other.destroy(); }); other.on('error', (error) => resolve(look(error))); }));
  await check('refused', () => new Promise((resolve) => { const other = open({ url: 'ldap://127.0.0.1:1' }); const seen = []; other.on('connectError', (error) => seen.push(['connectError', error.code])); other.on('connectRefused', (error) => resolve([seen, error.code, error.message])); other.on('error', () => {}); }));
  await check('refused for bind', () => new Promise((resolve) => { const other = open({ url: 'ldap://127.0.0.1:1' }); other.on('error', () => {}); other.bind('cn=x', 'y', (error) => resolve([error.code, error.message.replace('connectRefused: ', '')])); }));
  await check('unbind', () => new Promise((resolve) => { client.on('close', () => resolve('closed')); client.unbind(); }));

  for (const text of ['(&(uid=a)(|(x>=1)(!(y=*)))(cn=a*b*c)(z~=1))', 'uid=*', '(&)', '(cn=\\2a\\28)', '(cn:dn:2.4.8:=x)', '(uid=a', '(a=b)(c=d)', '', '(=x)']) {
    await check(`parseFilter ${text}`, () => ldap.parseFilter(text).toString());
  }
  await check('filter texts', () => [new ldap.EqualityFilter({ attribute: 'uid', value: 'a*(b)' }), new ldap.SubstringFilter({ attribute: 'cn', initial: 'a', any: ['b*'], final: 'c' }), new ldap.PresenceFilter({ attribute: 'x' }), new ldap.OrFilter({ filters: [new ldap.LessThanEqualsFilter({ attribute: 'a', value: 'b' })] })].map(String));
  await check('parseDN', () => { const dn = ldap.parseDN('cn=Ada\\, L, ou=People,dc=example,dc=com'); return [dn.toString(), dn.length, dn.parent().toString(), dn.equals('cn=Ada\\, L,ou=People,dc=example,dc=com'), dn.equals('cn=x'), dn.childOf('dc=example,dc=com')]; });
  await check('RDN', () => [new ldap.RDN({ cn: 'x,+"<> #é' }).toString(), new ldap.RDN({ cn: ' lead ' }).toString()]);
  await check('wrong DN', () => ldap.parseDN('nonsense'));
  await check('errors', () => { const error = new ldap.NoSuchObjectError('gone'); return [error.name, error.code, error.message, ldap.LDAP_NO_SUCH_OBJECT, String(error), ldap.getMessage(49)]; });
  await check('createClient without options', () => ldap.createClient());
  await check('createClient without url', () => ldap.createClient({}));
  await check('createClient with another scheme', () => ldap.createClient({ url: 'http://x' }));
  await check('parseURL', () => { const { protocol, hostname, port, secure } = ldap.parseURL('ldaps://h:1636'); return [protocol, hostname, port, secure, ldap.parseURL('ldap://h').port]; });
};
