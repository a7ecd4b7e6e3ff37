/**
 * Looks somebody up without a password: before a registration and for a forgotten password.
 *
 * Return a profile with an id and an email, phone or username; return null where there is no such person.
 *
 * @param {LegacyQuery} query  exactly one of email, phone, username and id
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such person
 */
async function searchUser(query, context) {
  throw new PlaceholderError('The look-up script has not been written yet: replace the placeholder.');
}
