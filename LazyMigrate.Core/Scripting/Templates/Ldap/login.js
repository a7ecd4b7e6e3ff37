const ldap = require('ldapjs');

const BASE = env.LDAP_BASE_DN;

/** Attributes of OpenLDAP's inetOrgPerson. In Active Directory: userPrincipalName (ada@corp.example) or mail, sAMAccountName, objectGUID. */
const filterOf = (query) => {
  const attribute = query.email ? 'mail' : query.phone ? 'telephoneNumber' : 'uid';

  // A filter object, never a text that is put together: what a person typed stays a value.
  const person = new ldap.EqualityFilter({ attribute, value: query.email || query.phone || query.username });
  return new ldap.AndFilter({ filters: [new ldap.EqualityFilter({ attribute: 'objectClass', value: 'inetOrgPerson' }), person] });
};

/** Signs in; false where the password is wrong. An empty password is never right. */
const bind = (client, dn, password) => new Promise((resolve, reject) => {
  client.bind(dn, password, (error) => {
    if (!error) resolve(true);
    else if (error.name === 'InvalidCredentialsError') resolve(false);
    else reject(error);
  });
});

const find = (client, filter) => new Promise((resolve, reject) => {
  const options = { scope: 'sub', filter, sizeLimit: 2, attributes: ['uid', 'cn', 'mail', 'telephoneNumber'] };
  client.search(BASE, options, (error, response) => {
    if (error) return reject(error);
    const entries = [];
    response.on('searchEntry', (entry) => entries.push(entry.object));
    response.on('error', reject);
    response.on('end', () => resolve(entries[0]));
  });
});

const open = () => {
  const client = ldap.createClient({ url: env.DB_CONNECTION_URI });
  client.on('error', (error) => console.error('The directory:', error.message));
  return client;
};

/** Signs in as the account that may search. */
const openForSearch = async () => {
  const client = open();
  if (!(await bind(client, env.LDAP_BIND_DN, env.LDAP_BIND_PASSWORD))) {
    client.destroy();
    throw new TemporaryError('The directory refuses LDAP_BIND_DN or LDAP_BIND_PASSWORD.');
  }
  return client;
};

const first = (value) => (Array.isArray(value) ? value[0] : value);

/**
 * Checks the password of somebody who has not been moved yet, in an LDAP directory: it is found by a search, and the directory checks the password.
 *
 * Adapt: the variables `LDAP_BASE_DN`, `LDAP_BIND_DN` and `LDAP_BIND_PASSWORD`, and the attributes.
 * The connection URI is `ldap://host:389` or `ldaps://host:636`.
 *
 * @param {LegacyQuery} query  exactly one of email, phone and username: the one that the person typed
 * @param {string} password  as it was typed
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such user
 */
async function login(query, password, context) {
  const client = await openForSearch();
  try {
    const entry = await find(client, filterOf(query));

    // There is no such user.
    if (!entry) return null;

    // The directory checks the password, on a connection of its own.
    const own = open();
    try {
      if (!(await bind(own, entry.dn, password))) throw new WrongPasswordError();
    } finally {
      own.destroy();
    }

    // The password is right: this is whom to move.
    return {
      id: first(entry.uid),
      email: first(entry.mail),
      emailVerified: true,
      phone: first(entry.telephoneNumber),
      username: first(entry.uid),
      name: first(entry.cn),
    };
  } finally {
    client.destroy();
  }
}
