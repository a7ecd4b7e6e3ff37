using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Modules;

/// <summary>What a script may make the server compute has a limit, and legacy hashes below it verify.</summary>
public sealed class CostCapTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    private const string Password = "correct horse battery staple";
    private const string UnicodePassword = "Pässwörd-密码-🔑";

    [Theory]
    [InlineData("require('crypto').scryptSync('p', 's', 32, { N: 2 ** 22, r: 8, p: 1, maxmem: 2 ** 33 })")]
    [InlineData("require('crypto').scryptSync('p', 's', 32, { N: 2 ** 16, r: 8, p: 32, maxmem: 2 ** 33 })")]
    [InlineData("await new Promise((done, fail) => require('crypto').scrypt('p', 's', 32, { N: 2 ** 22, r: 8, maxmem: 2 ** 33 }, (error, key) => error ? fail(error) : done(key)))")]
    [InlineData("require('crypto').pbkdf2Sync('p', 's', 5000001, 32, 'sha256')")]
    [InlineData("await new Promise((done, fail) => require('crypto').pbkdf2('p', 's', 5000001, 32, 'sha1', (error, key) => error ? fail(error) : done(key)))")]
    [InlineData("await require('argon2').hash('p', { memoryCost: 512 * 1024 })")]
    [InlineData("await require('argon2').hash('p', { memoryCost: 256 * 1024, timeCost: 5 })")]
    [InlineData("await require('argon2').verify('$argon2id$v=19$m=4194304,t=2,p=1$T1R0UFR4YnMyZVRac2Fhcg$Tp0ZL0ATKimCurXIsbU9jMBsmU0lDVbJybZJ9v+wVnU', 'p')")]
    [InlineData("require('bcrypt').hashSync('p', 15)")]
    [InlineData("await require('bcrypt').compare('p', '$2b$15$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW')")]
    [InlineData("require('bcryptjs').hashSync('p', 20)")]
    [InlineData("require('zlib').gunzipSync(bomb)")]
    public async Task Call_BeyondTheCap_IsRefusedAtOnce(string expression)
    {
        var result = await host.RunBodyAsync($"const bomb = Buffer.from('{Bomb}', 'base64'); {expression};");

        var error = Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error;
        Assert.Contains(error.Code, (string[])["ERR_OUT_OF_RANGE", "ERR_BUFFER_TOO_LARGE", "ERR_CRYPTO_INVALID_SCRYPT_PARAMS", "ERR_CRYPTO_SCRYPT_INVALID_PARAMETER", "ERR_INVALID_ARG_VALUE"]);
        Assert.DoesNotContain(".cs:", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$argon2id$v=19$m=1024,t=2,p=2$ynmvFeLcm1MqhXBube2dcw$HIZjRUj9afUvEB8CSAUxAQ", Password)]
    [InlineData("$argon2id$v=19$m=1024,t=2,p=1$T1R0UFR4YnMyZVRac2Fhcg$Tp0ZL0ATKimCurXIsbU9jMBsmU0lDVbJybZJ9v+wVnU", Password)]
    [InlineData("$argon2i$v=19$m=1024,t=2,p=1$dkdwY3c1cUxOZlUuTGFyWA$kQbT3ez1FQNJ+13mq6lXk4XSmjP7hWww4f4cIF/RD+c", Password)]
    [InlineData("$argon2id$v=19$m=1024,t=2,p=2$ppRyTinFWItxrvW+lzLGeA$KhFM6bK8StAEtuBD2gWvkg", UnicodePassword)]
    [InlineData("$argon2id$v=19$m=1024,t=2,p=1$OGxQdXAwUTlpTmJPaVovNQ$mLirgOPKX1QOfmC/xaQJQdIsiNnNvzRRvpg6OBr8se0", UnicodePassword)]
    [InlineData("$argon2i$v=19$m=1024,t=2,p=1$SHZOcjVSWVpsRXZqTGdyeA$X9NL8iQsEzJaiZv3snI6cYkzMph1kJL5LV1IDPo63gM", UnicodePassword)]
    [InlineData("$argon2id$v=19$m=102400,t=2,p=8$V09mRXA3QmxzU1ppV2dhcWcwcXhGYg$uvJ5C3v8vzrEJfbKy8rGsA", UnicodePassword)]
    [InlineData("$argon2id$v=19$m=102400,t=2,p=8$MnlucW9weGs1YlhkT2pJNFR2QjM5Rg$AkII5iKAThqsj9YbirKQFA", Password)]
    public async Task Argon2_HashOfOtherLibraries_Verifies(string hash, string password) => Assert.Equal(
        "[true,false]",
        await host.AnswerAsync($"const argon2 = require('argon2'); return [await argon2.verify('{hash}', '{password}'), await argon2.verify('{hash}', '{password}x')];"));

    [Theory]
    [InlineData("require('fs').readFileSync('/etc/passwd')", "fs.readFileSync is not available in LazyMigrate's scripts: a script has no files.")]
    [InlineData("require('node:fs').promises.readFile('x')", "fs.promises.readFile is not available in LazyMigrate's scripts: a script has no files.")]
    [InlineData("new (require('net').Socket)()", "net.Socket is not available")]
    [InlineData("require('tls').connect()", "tls.connect is not available")]
    [InlineData("require('dns').lookup('x')", "dns.lookup is not available")]
    [InlineData("require('child_process').exec('ls')", "child_process.exec is not available in LazyMigrate's scripts: a script starts no processes.")]
    [InlineData("require('worker_threads').Worker()", "worker_threads.Worker is not available")]
    [InlineData("require('http').createServer()", "http.createServer is not available in LazyMigrate's scripts: a script answers no requests.")]
    [InlineData("require('https').createServer({})", "https.createServer is not available")]
    public async Task Absent_WhatIsCalled_SaysSo(string expression, string message)
    {
        var result = await host.RunBodyAsync($"{expression};");

        var error = Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error;
        Assert.Equal("ERR_FEATURE_UNAVAILABLE", error.Code);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    /// <summary>9 MiB of zeros in gzip.</summary>
    private static string Bomb
    {
        get
        {
            using var packed = new MemoryStream();
            using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.SmallestSize))
            {
                gzip.Write(new byte[9 << 20]);
            }

            return Convert.ToBase64String(packed.ToArray());
        }
    }
}
