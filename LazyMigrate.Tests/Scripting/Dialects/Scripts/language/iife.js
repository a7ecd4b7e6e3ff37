;(function () {
  'use strict';
  var people = { 'ada@example.com': { id: 1, secret: 'opensesame' } };
  return function (email, password, callback) {
    setTimeout(function () {
      var person = people[email];
      if (!person || person.secret !== password) { return callback(new WrongUsernameOrPasswordError(email)); }
      callback(null, { user_id: person.id, email: email });
    }, 0);
  };
}());
