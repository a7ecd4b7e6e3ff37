// Looks somebody up without a password.
// Return a profile with an id and an email, phone or username; return null where there is no such person.
async function searchUser(query, context) {
  throw new PlaceholderError('The look-up script has not been written yet: replace the placeholder.');
}
