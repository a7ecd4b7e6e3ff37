function login(email, password, callback) {
  const rp = require('request-promise@4.2.2');
  rp.post({ url: `${configuration.BASE_API_URL}/login`, json: true, body: { email, password }, resolveWithFullResponse: true, simple: false })
    .then(({ statusCode, body: { user_id, email: mail, ...rest } }) => {
      if (statusCode === 401 || statusCode === 404) throw new WrongUsernameOrPasswordError(email, `status ${statusCode}`);
      return { user_id, email: mail, user_metadata: rest };
    })
    .then((profile) => callback(null, profile))
    .catch(callback);
}
