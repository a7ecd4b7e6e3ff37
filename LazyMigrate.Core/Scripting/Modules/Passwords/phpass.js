// Passwords of WordPress, phpBB and Drupal 7, under the names of npm packages that check them:
// https://www.npmjs.com/package/wordpress-hash-node, https://www.npmjs.com/package/phpass. The host part is PhpassHash.cs.
(function (kit, module, require) {
  'use strict';

  /** WordPress 6.8: https://make.wordpress.org/core/2025/02/17/wordpress-6-8-will-use-bcrypt-for-password-hashing/ */
  function checkWordPress(password, hash) {
    const digest = require('crypto').createHmac('sha384', 'wp-sha384').update(password.trim()).digest('base64');
    return require('bcrypt').compareSync(digest, hash.slice(3));
  }

  function checkPassword(password, hash) {
    if (typeof password !== 'string' || typeof hash !== 'string') return false;
    if (hash.startsWith('$wp$2')) return checkWordPress(password, hash);
    if (hash.startsWith('$2')) return require('bcrypt').compareSync(password, hash);
    // WordPress before 2.5.
    if (/^[0-9a-f]{32}$/.test(hash)) return require('crypto').createHash('md5').update(password).digest('hex') === hash;
    return kit.callSync('check', { password, hash });
  }

  class PasswordHash {
    CheckPassword(password, hash) { return checkPassword(password, hash); }
    checkPassword(password, hash) { return checkPassword(password, hash); }
  }

  module.exports = { checkPassword, CheckPassword: checkPassword, PasswordHash };
})
