function login(username, secret, cb) {
  var args = Array.prototype.slice.call(arguments), callback = args.pop(), email = args[0], password = args[1];
  var outcome = args.length === 2 && email === 'ada@example.com' && password === 'opensesame' ? [null, { user_id: '1', email: email }] : [new WrongUsernameOrPasswordError(email)];
  return callback.apply(null, outcome);
}
