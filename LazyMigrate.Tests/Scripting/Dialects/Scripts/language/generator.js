function login(email, password, callback) {
  function run(generator) {
    var iterator = generator();
    return new Promise(function step(resolve, reject) {
      (function next(value) {
        var result;
        try { result = iterator.next(value); } catch (error) { return reject(error); }
        if (result.done) return resolve(result.value);
        Promise.resolve(result.value).then(next, reject);
      }());
    });
  }
  run(function* () {
    var hash = yield require('bcrypt').hash('opensesame', 4);
    var same = yield require('bcrypt').compare(password, hash);
    if (!same || email !== 'ada@example.com') throw new WrongUsernameOrPasswordError(email);
    return { user_id: 1, email: email };
  }).then(callback.bind(null, null), callback);
}
