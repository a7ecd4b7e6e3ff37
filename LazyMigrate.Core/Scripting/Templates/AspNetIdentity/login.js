const sql = require('mssql');
const crypto = require('crypto');

/**
 * Checks the password of somebody who has not been moved yet, against the tables of ASP.NET Core Identity in SQL Server.
 *
 * Adapt: the names of tables and columns, where they were changed. ASP.NET Identity 2 (before Core) has no `Normalized…`
 * columns and calls the end of a lock `LockoutEndDateUtc`. The same tables are often in PostgreSQL or MySQL: take `pg` or
 * `mysql2` then and quote the names ("AspNetUsers" or `AspNetUsers`); the hashes are the same.
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
      .input('email', sql.NVarChar, query.email?.toUpperCase())
      .input('phone', sql.NVarChar, query.phone)
      .input('username', sql.NVarChar, query.username?.toUpperCase())
      .query(`SELECT TOP 1 Id, UserName, Email, EmailConfirmed, PhoneNumber, PhoneNumberConfirmed, PasswordHash, LockoutEnabled, LockoutEnd
              FROM AspNetUsers
              WHERE NormalizedEmail = @email OR NormalizedUserName = @username OR PhoneNumber = @phone`);
    const user = recordset[0];

    // There is no such user.
    if (!user) return null;

    // The user has no password (signs in elsewhere), or it is another one.
    if (!user.PasswordHash || !(await isIdentityPassword(password, user.PasswordHash))) {
      throw new WrongPasswordError();
    }

    return {
      id: user.Id,
      email: user.Email,
      emailVerified: user.EmailConfirmed,
      phone: user.PhoneNumber,
      phoneVerified: user.PhoneNumberConfirmed,
      username: user.UserName,
      // A lock after wrong guesses ends by itself; one without an end in sight was meant.
      blocked: user.LockoutEnabled && user.LockoutEnd !== null && user.LockoutEnd.getTime() > Date.now() + 365 * 24 * 60 * 60 * 1000,
    };
  } finally {
    await pool.close();
  }
}

/** Whether a password fits a hash of PasswordHasher: base64 that begins with 0x00 (Identity 2) or 0x01 (Identity 3 and Core). */
async function isIdentityPassword(password, hash) {
  const bytes = Buffer.from(hash, 'base64');

  // 0x00, 16 bytes of salt, 32 of PBKDF2 with HMAC-SHA1 and 1,000 rounds.
  if (bytes[0] === 0 && bytes.length === 49) {
    return isDerived(password, bytes.subarray(1, 17), 1000, 'sha1', bytes.subarray(17));
  }

  // 0x01, then big-endian: the algorithm, the rounds, the salt's length; salt; key.
  if (bytes[0] === 1 && bytes.length > 13) {
    const algorithm = ['sha1', 'sha256', 'sha512'][bytes.readUInt32BE(1)];
    const rounds = bytes.readUInt32BE(5);
    const end = 13 + bytes.readUInt32BE(9);
    if (algorithm && rounds > 0 && end < bytes.length) {
      return isDerived(password, bytes.subarray(13, end), rounds, algorithm, bytes.subarray(end));
    }
  }

  // Not for the person to solve: try again later, and an error in the console.
  throw new TemporaryError('The password hash has no known format.');
}

function isDerived(password, salt, rounds, algorithm, expected) {
  return new Promise((resolve, reject) => {
    crypto.pbkdf2(password, salt, rounds, expected.length, algorithm, (error, key) => {
      if (error) reject(error);
      else resolve(crypto.timingSafeEqual(key, expected));
    });
  });
}
