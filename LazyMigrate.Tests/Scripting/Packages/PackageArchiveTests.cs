using System.Formats.Tar;
using System.IO.Compression;
using LazyMigrate.Core.Scripting.Packages;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Packages;

public sealed class PackageArchiveTests
{
    private const string Manifest = """{"name":"greet","version":"1.2.3","license":"MIT","dependencies":{"lodash":"^4"},"scripts":{"postinstall":"node x"}}""";

    [Fact]
    public void Read_Tarball_TellsWhatItIs()
    {
        var archive = TestPackage.Pack(("package.json", Manifest), ("index.js", "module.exports = 1"), ("README.md", "x"), ("lib/a.json", "{}"));

        var package = PackageArchive.Read(archive);

        Assert.Equal(("greet", "1.2.3", "MIT", true), (package.Name, package.Version, package.License, package.HasInstallScripts));
        Assert.Equal(["index.js", "lib/a.json", "package.json"], package.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("^4", package.Dependencies["lodash"]);
        Assert.Equal($"sha512-{Convert.ToBase64String(System.Security.Cryptography.SHA512.HashData(archive))}", package.Integrity);
    }

    [Theory]
    [InlineData("""{"name":"a","version":"1.0.0","license":{"type":"BSD"}}""", "BSD")]
    [InlineData("""{"name":"a","version":"1.0.0","licenses":[{"type":"MIT"},{"type":"GPL"}]}""", "MIT OR GPL")]
    [InlineData("""{"name":"a","version":"1.0.0"}""", null)]
    public void Read_OldLicenceForms_AreUnderstood(string manifest, string? license) =>
        Assert.Equal(license, PackageArchive.Read(TestPackage.Pack(("package.json", manifest))).License);

    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "no tarball", "hello"u8.ToArray(), "not an npm tarball" },
        { "empty", [], "not an npm tarball" },
        { "cut", TestPackage.Pack(("package.json", Manifest), ("a.js", new string('x', 9_000)))[..200], "not an npm tarball" },
        { "no manifest", TestPackage.Pack(("index.js", "1")), "package.json" },
        { "manifest is no JSON", TestPackage.Pack(("package.json", "{")), "not JSON" },
        { "no name", TestPackage.Pack(("package.json", """{"version":"1.0.0"}""")), "no valid name" },
        { "name is a path", TestPackage.Pack(("package.json", """{"name":"../x","version":"1.0.0"}""")), "no valid name" },
        { "no version", TestPackage.Pack(("package.json", """{"name":"a","version":"one"}""")), "no valid version" },
        { "native", TestPackage.Pack(("package.json", Manifest), ("build/x.node", "")), "native part (build/x.node)" },
        { "gyp", TestPackage.Pack(("package.json", Manifest), ("binding.gyp", "{}")), "native part (binding.gyp)" },
        { "leads out", TestPackage.PackEntries([("package/../../etc/passwd.js", [])]), "leads out" },
        { "link", Link(), "no file" },
        { "bomb", Bomb(), "more than 128 MiB" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Read_WhatCannotBeUsed_IsRefusedWithTheReason(string what, byte[] archive, string reason) =>
        Assert.Contains(reason, Assert.Throws<PackageRefusedException>(() => PackageArchive.Read(archive)).Message + what, StringComparison.Ordinal);

    [Fact]
    public async Task ReadAll_TooLong_IsRefusedBeforeItIsAllRead()
    {
        using var endless = new MemoryStream(new byte[PackageArchive.LongestArchive + 1]);

        await Assert.ThrowsAsync<PackageRefusedException>(() => PackageArchive.ReadAllAsync(endless, CancellationToken.None));
    }

    private static byte[] Link()
    {
        using var archive = new MemoryStream();
        using (var zipped = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zipped))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "package/index.js") { LinkName = "/etc/passwd" });
        }

        return archive.ToArray();
    }

    private static byte[] Bomb()
    {
        using var archive = new MemoryStream();
        using (var zipped = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zipped))
        {
            for (var i = 0; i < 130; i++)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"package/{i}.txt") { DataStream = new MemoryStream(new byte[1 << 20]) });
            }
        }

        return archive.ToArray();
    }
}
