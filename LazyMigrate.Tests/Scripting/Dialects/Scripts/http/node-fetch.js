(function () {
  const fetch = require('node-fetch@2.6.1');
  return async function login(email, password, context, callback) {
    try {
      const response = await fetch(new URL('/login', configuration.BASE_API_URL), {
        method: 'POST',
        body: new URLSearchParams({ email, password }),
        headers: { Authorization: `Bearer ${Buffer.from(context?.connection?.name ?? 'none').toString('base64')}` }
      });
      if (!response.ok) return callback(new WrongUsernameOrPasswordError(email));
      callback(null, await response.json());
    } catch (error) {
      callback(error);
    }
  };
})()
