// Tells how many people the legacy database holds. Return a whole number.
async function countUsers(context) {
  throw new PlaceholderError('The counting script has not been written yet: replace the placeholder.');
}
