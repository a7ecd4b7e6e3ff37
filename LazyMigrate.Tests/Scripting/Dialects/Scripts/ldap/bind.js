function login(username, password, callback) {
  var ldap = require('ldapjs@1.0.2');
  var client = ldap.createClient({ url: configuration.LDAP_URL, timeout: 5000, connectTimeout: 5000 });
  client.on('error', function (err) { callback(err); });
  client.bind(configuration.LDAP_BIND, configuration.LDAP_PASSWORD, function (err) {
    if (err) { return callback(err); }
    var entry;
    client.search('dc=example,dc=com', { scope: 'sub', filter: '(mail=' + username + ')', attributes: ['dn', 'uid', 'mail', 'cn'] }, function (err, res) {
      if (err) { return callback(err); }
      res.on('searchEntry', function (found) { entry = found.object; });
      res.on('error', function (err) { callback(err); });
      res.on('end', function (result) {
        if (!entry) { client.unbind(); return callback(new WrongUsernameOrPasswordError(username)); }
        client.bind(entry.dn, password, function (err) {
          client.unbind();
          if (err && err.name === 'InvalidCredentialsError') { return callback(new WrongUsernameOrPasswordError(username)); }
          if (err) { return callback(err); }
          callback(null, { user_id: entry.uid, email: [].concat(entry.mail)[0], name: entry.cn });
        });
      });
    });
  });
}
