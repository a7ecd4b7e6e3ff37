async function login(email, password, callback) {
  const axios = require('axios').default || require('axios');
  const jwt = require('jsonwebtoken@8.5.1');
  const https = require('https');
  const qs = require('querystring');
  try {
    const agent = new https.Agent({ rejectUnauthorized: true });
    const response = await axios.post(`${configuration.BASE_URL}/token`, qs.stringify({ username: email, password }), {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      httpsAgent: agent,
      validateStatus: (status) => status < 500,
    });
    if (response.status !== 200) return callback(new WrongUsernameOrPasswordError(email, 'Invalid'));
    const claims = jwt.verify(response.data.access_token, Buffer.from(configuration.PUBLIC_KEY, 'base64').toString('utf-8'), { algorithms: ['RS256'] });
    const me = await axios({ method: 'get', url: '/me', baseURL: configuration.BASE_URL, headers: { Authorization: 'Bearer ' + response.data.access_token } });
    return callback(null, { user_id: claims.sub, email: me.data.email, name: me.data.name?.trim() ?? '', roles: Object.values(me.data.roles).flat().at(-1) });
  } catch (error) {
    if (error.response && error.response.status === 401) return callback(null);
    console.error(error.message, error.response?.data, JSON.stringify(error.toJSON()));
    return callback(error);
  }
}
