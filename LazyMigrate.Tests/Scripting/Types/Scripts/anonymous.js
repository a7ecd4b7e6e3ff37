function (email, password, callback) {
  var options = { url: 'https://x.example.org', form: { u: email } };
  var rp = require('request-promise');
  rp(options).then(function (body) { callback(null, JSON.parse(body)); }).catch(callback);
}
