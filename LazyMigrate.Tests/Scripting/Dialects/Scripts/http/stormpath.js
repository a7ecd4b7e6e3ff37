function login(username, password, callback) {
  // Replace the YOUR-STORMPATH-CLIENT-ID attribute with your Stormpath ID
  var url = configuration.BASE_API_URL + '/login?expand={clientId}'.replace('{clientId}', 'YOUR-STORMPATH-CLIENT-ID');
  // Base64 encode the credentials
  var loginToken = new Buffer(username + ':' + password).toString('base64');
  request({
    url: url,
    method: 'POST',
    auth: { user: configuration.API_KEY_ID, password: configuration.API_KEY_SECRET },
    json: { type: 'basic', value: loginToken, email: username, password: password }
  }, function (error, response, body) {
    // If response is successful we will continue
    if (response.statusCode !== 200) return callback(new WrongUsernameOrPasswordError(username));
    // A successful response will return a URL to get the user information
    request({ url: configuration.BASE_API_URL + '/login/' + body.user_id, json: true }, function (errorUserInfo, responseUserInfo, user) {
      if (responseUserInfo.statusCode !== 200) return callback(new Error('no such person'));
      return callback(null, { user_id: user.user_id, username: user.username, email: user.email });
    });
  });
}
