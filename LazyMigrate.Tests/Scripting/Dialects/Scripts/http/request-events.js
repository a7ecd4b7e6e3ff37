function login(email, password, callback) {
  var request = require('request@2.81.0').defaults({ baseUrl: configuration.BASE_API_URL, headers: { 'X-Api-Key': configuration.API_KEY }, strictSSL: false });
  var chunks = [], status;
  request({ method: 'POST', uri: '/login', form: { email: email, password: password } })
    .on('response', function (response) {
      status = response.statusCode;
      response.setEncoding('utf8');
    })
    .on('data', function (chunk) { chunks.push(chunk.toString()); })
    .on('error', function (err) { callback(err); })
    .on('end', function () {
      if (status >= 400) return callback(new WrongUsernameOrPasswordError(email));
      callback(null, JSON.parse(chunks.join('')));
    });
}
