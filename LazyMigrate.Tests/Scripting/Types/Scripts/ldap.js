function login(username, password, callback) {
  var ldap = require('ldapjs');
  var client = ldap.createClient({ url: configuration.LDAP_URL, tlsOptions: { rejectUnauthorized: false } });
  client.on('error', function (err) { callback(err); });
  client.bind(configuration.BIND_DN, configuration.BIND_PASSWORD, function (err) {
    if (err) return callback(err);
    client.search('ou=people,dc=example,dc=org', { scope: 'sub', filter: '(uid=' + username + ')', attributes: ['dn', 'mail', 'uid'] }, function (err, res) {
      if (err) return callback(err);
      var found = null;
      res.on('searchEntry', function (entry) { found = entry.object; });
      res.on('end', function () {
        if (!found) { client.unbind(); return callback(); }
        client.bind(found.dn, password, function (err) {
          client.unbind();
          if (err && err.name === 'InvalidCredentialsError') return callback(new WrongUsernameOrPasswordError(username));
          if (err) return callback(new Error(err.message));
          callback(null, { user_id: found.uid, email: found.mail });
        });
      });
    });
  });
}
