/**
 * Pages through everybody in the legacy database: to import them, or to see who is left.
 *
 * Return { totalCount, list }: how many people there are in all, and the profiles of this page, at most limit of them, always in
 * the same order. The rows of page n are those after the first (page - 1) * limit.
 *
 * @param {number} page  from 1
 * @param {number} limit  how many people a page has at most
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyUserPage>}  an empty list where the page is behind the last one
 */
async function listUsers(page, limit, context) {
  throw new PlaceholderError('The listing script has not been written yet: replace the placeholder.');
}
