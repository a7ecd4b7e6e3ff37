/**
 * Tells how many people the legacy database holds: what the progress of the migration is measured against.
 *
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<number>}  a whole number
 */
async function countUsers(context) {
  throw new PlaceholderError('The counting script has not been written yet: replace the placeholder.');
}
