function login(email, password, callback) {
  var http = require('http'), url = require('url'), querystring = require('querystring');
  var body = querystring.stringify({ email: email, password: password });
  var options = Object.assign(url.parse(configuration.BASE_API_URL + '/login'), {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) }
  });
  var req = http.request(options, function (res) {
    var text = '';
    res.setEncoding('utf8');
    res.on('data', function (chunk) { text += chunk; });
    res.on('end', function () {
      if (res.statusCode !== 200) { return callback(new WrongUsernameOrPasswordError(email)); }
      callback(null, JSON.parse(text));
    });
  });
  req.on('error', callback);
  req.write(body);
  req.end();
}
