/**
 * Is told about somebody after their move is committed, for example to mark the row in the legacy database.
 *
 * What it returns does not count. An error never undoes the move. It may be called again for the same person: write it so
 * that a second time changes nothing.
 *
 * @param {MigratedUser} user  who has moved; user.id is the key in the legacy database
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<void>}
 */
async function userMigrated(user, context) {
  throw new PlaceholderError('The script for moved users has not been written yet: replace the placeholder.');
}
