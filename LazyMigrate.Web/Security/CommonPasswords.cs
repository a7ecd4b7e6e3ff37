using System.Collections.Frozen;

namespace LazyMigrate.Web.Security;

/// <summary>Passwords that are guessed first. Only those that are long enough for the rules; digits and signs at the end do not save a word.</summary>
internal static class CommonPasswords
{
    private static readonly FrozenSet<string> s_whole = FrozenSet.ToFrozenSet(
        [
            "12345678", "123456789", "1234567890", "0123456789", "0987654321", "987654321", "87654321", "11111111", "00000000", "88888888", "99999999",
            "12341234", "12344321", "11223344", "1122334455", "123123123", "123321123", "147258369", "159753456", "123456789a", "a123456789", "1q2w3e4r",
            "1q2w3e4r5t", "1qaz2wsx", "1qaz2wsx3edc", "qwertyui", "qwertyuiop", "qwertzui", "qwertzuiop", "azertyui", "azertyuiop", "asdfghjk", "asdfghjkl",
            "asdfasdf", "qweasdzxc", "qazwsxedc", "zxcvbnm1", "zaq12wsx", "q1w2e3r4", "abcd1234", "abc12345", "abcdefgh", "a1b2c3d4", "aa123456", "aaaaaaaa",
            "pass1234", "test1234", "admin123", "root1234", "letmein1", "iloveyou", "p@ssw0rd", "p@ssword", "passw0rd", "pa55word", "pa$$word", "correcthorsebatterystaple",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> s_words = FrozenSet.ToFrozenSet(
        [
            "password", "passwort", "motdepasse", "contrasena", "senha", "parola", "wachtwoord", "changeme", "letmein", "welcome", "willkommen", "bienvenue", "iloveyou",
            "qwerty", "qwertz", "azerty", "asdfgh", "abc", "abcd", "test", "admin", "administrator", "root", "user", "guest", "login", "master", "secret", "default",
            "sunshine", "princess", "football", "baseball", "basketball", "superman", "batman", "dragon", "monkey", "shadow", "michael", "jennifer", "starwars",
            "computer", "internet", "whatever", "trustno", "hello", "freedom", "pokemon", "liverpool", "chelsea", "arsenal", "juventus", "barcelona", "schalke",
            "summer", "winter", "spring", "autumn", "sommer", "herbst", "fruehling", "january", "october", "november", "december", "hunter", "killer", "charlie",
        ],
        StringComparer.OrdinalIgnoreCase);

    public static bool Contain(string password) =>
        s_whole.Contains(password)
        || s_words.Contains(password.TrimEnd("0123456789!?.*#$@_-+".ToCharArray()))
        || password.All(letter => letter == password[0]);
}
