// A helper above, a comment in between, and the function at the end.
var util = require('util');
var isAda = function isAda(email, password) { return email === 'ada@example.com' && password === 'opensesame'; };

/* The entry point. */
exports = module.exports = function (email, password, callback) {
  var self = this || {};
  self.seen = util.format('%s', email);
  if (!configuration.MISSING && isAda(self.seen, password)) return callback(undefined, { user_id: '1', email: self.seen, gender: void 0, nothing: null });
  return callback(new WrongUsernameOrPasswordError(email, configuration.MISSING));
};
