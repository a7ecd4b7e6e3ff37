function login(email, password, callback) {
  const jwt = require('jsonwebtoken@8.5.1');
  const axios = require('axios');
  axios({ method: 'post', url: configuration.BASE_API_URL + '/login', params: { key: configuration.API_KEY }, data: { email, password, returnSecureToken: true }, validateStatus: (status) => status < 500 })
    .then(function ({ status, data }) {
      if (status !== 200) return callback(new WrongUsernameOrPasswordError(email));
      const idToken = jwt.sign({ user_id: data.user_id, email: data.email }, 'shared', { expiresIn: '1h' });
      jwt.verify(idToken, 'shared', { algorithms: ['HS256'] }, function (err, payload) {
        if (err) return callback(err);
        callback(null, { user_id: payload.user_id, email: payload.email });
      });
    }, function (err) { callback(new Error('firebase: ' + err.message)); });
}
