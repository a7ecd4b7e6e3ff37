function (email, password, callback) {
  if (email !== 'ada@example.com' || password !== 'opensesame') return callback(new WrongUsernameOrPasswordError(email));
  callback(null, { user_id: 1, email });
}
