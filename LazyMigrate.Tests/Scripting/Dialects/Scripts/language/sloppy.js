function login(email, password, callback) {
  // Sloppy on purpose: globals by accident, with, octal, == and a label.
  found = null;
  people = [{ mail: 'ada@example.com', pass: 'opensesame', id: 01 }];
  for (i in people) with (people[i]) if (mail == email && pass == password) found = people[i];
  if (found == null) { return callback(new WrongUsernameOrPasswordError(email)) }
  return callback(null, { user_id: found.id, email: found.mail, upper: escape(unescape(email)).substr(0, 3) })
}
