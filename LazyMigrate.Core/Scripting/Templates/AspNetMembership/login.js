const sql = require('mssql');
const crypto = require('crypto');

/**
 * Checks the password of somebody who has not been moved yet, against the tables of ASP.NET Membership (SqlMembershipProvider,
 * before 2013) in SQL Server.
 *
 * Adapt: the name of the application, where several share the tables. The Universal Providers' tables are called `Users` and
 * `Memberships`; their hashes are checked here too. Passwords of the format 2 are encrypted with the machine key of the old
 * web.config, which is not here: have them hashed, or let these people set a new password.
 *
 * @param {LegacyQuery} query  exactly one of email, phone and username: the one that the person typed
 * @param {string} password  as it was typed
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such user
 */
async function login(query, password, context) {
  const pool = await sql.connect(env.DB_CONNECTION_URI);
  try {
    const { recordset } = await pool.request()
      .input('email', sql.NVarChar, query.email?.toLowerCase())
      .input('username', sql.NVarChar, query.username?.toLowerCase())
      .query(`SELECT TOP 1 u.UserId, u.UserName, m.Email, m.Password, m.PasswordFormat, m.PasswordSalt, m.IsApproved, m.IsLockedOut
              FROM aspnet_Users u INNER JOIN aspnet_Membership m ON m.UserId = u.UserId
              WHERE m.LoweredEmail = @email OR u.LoweredUserName = @username`);
    const user = recordset[0];

    // There is no such user.
    if (!user) return null;

    if (!isMembershipPassword(password, user)) {
      throw new WrongPasswordError();
    }

    return {
      id: user.UserId,
      email: user.Email,
      username: user.UserName,
      blocked: !user.IsApproved || user.IsLockedOut,
    };
  } finally {
    await pool.close();
  }
}

function isMembershipPassword(password, { Password: stored, PasswordFormat: format, PasswordSalt: salt }) {
  // 0: as it is. Digests of both, because only bytes of one length can be compared without telling where they differ.
  if (format === 0) {
    return isSame(crypto.createHash('sha256').update(password).digest(), crypto.createHash('sha256').update(stored).digest());
  }

  // 1: a digest of the salt and the password in UTF-16.
  if (format === 1) {
    const expected = Buffer.from(stored, 'base64');
    const saltBytes = Buffer.from(salt, 'base64');
    const passwordBytes = Buffer.from(password, 'utf16le');
    const digest = (name) => crypto.createHash(name).update(saltBytes).update(passwordBytes).digest();
    if (expected.length === 20) return isSame(digest('sha1'), expected);
    if (expected.length === 32 && isSame(digest('sha256'), expected)) return true;

    // HMACSHA256 since .NET 4: the salt, repeated, is its key of 64 bytes.
    if (expected.length === 32 && saltBytes.length > 0) {
      return isSame(crypto.createHmac('sha256', Buffer.alloc(64, saltBytes)).update(passwordBytes).digest(), expected);
    }
  }

  // 2: encrypted. Not for the person to solve: try again later, and an error in the console.
  throw new TemporaryError(`Passwords of the format ${format} cannot be checked without the machine key.`);
}

function isSame(a, b) {
  return a.length === b.length && crypto.timingSafeEqual(a, b);
}
