function login(email, password, callback) {
  // No require: the libraries that were always there.
  request.post({
    url: 'https://legacy.example.org/api/login',
    json: { email: email, password: password },
    auth: { username: configuration.API_USER, password: configuration.API_PASSWORD },
    headers: { 'X-Request': uuid.v4() },
    timeout: parseInt(configuration.TIMEOUT || 5000),
  }, function (err, response, body) {
    if (err) return callback(err);
    if (response.statusCode === 401) return callback();
    if (response.statusCode !== 200) return callback(new ValidationError('legacy_down', 'Status ' + response.statusCode));
    if (Math.abs(new Date() - new Date(body.changed)) > 1000) console.log('old');
    var user = _.pick(body.user, ['id', 'email', 'name']);
    var hash = crypto.createHash('sha1').update(password + body.salt, 'utf8').digest('hex');
    if (hash.toUpperCase() != body.hash) return callback(new UnauthorizedError('blocked'));
    async.parallel([function (done) { done(null, 1); }], function (error, results) {
      callback(error, {
        user_id: user.id.toString(),
        email: user.email,
        email_verified: true,
        user_metadata: { n: results.length, token: jwt.decode(body.token).sub, at: util.format('%s', url.parse(body.href).query) },
      });
    });
  });
}
