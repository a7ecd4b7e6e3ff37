/**
 * Checks the password of somebody who has not been moved yet.
 *
 * Return a profile with an id and an email, phone or username; return null where there is no such user;
 * throw new WrongPasswordError() where the password is wrong.
 *
 * @param {LegacyQuery} query  exactly one of email, phone and username: the one that the person typed
 * @param {string} password  as it was typed
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such user
 */
async function login(query, password, context) {
  throw new PlaceholderError('The login script has not been written yet: replace the placeholder.');
}
