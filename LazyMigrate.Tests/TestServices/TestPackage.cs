using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace LazyMigrate.Tests.TestServices;

/// <summary>Makes npm tarballs.</summary>
internal static class TestPackage
{
    /// <summary>A tarball of files, by path inside the package.</summary>
    public static byte[] Pack(params IEnumerable<(string Path, string Content)> files) =>
        PackEntries(files.Select(file => ($"package/{file.Path}", Encoding.UTF8.GetBytes(file.Content))));

    /// <summary>A tarball of a package that npm has installed, without what it has installed below it.</summary>
    public static byte[] PackFolder(string folder) => PackEntries(
        from path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(folder, path).Replace('\\', '/')
        where !relative.StartsWith("node_modules/", StringComparison.Ordinal)
        select ($"package/{relative}", File.ReadAllBytes(path)), CompressionLevel.Optimal);

    /// <summary>A tarball of entries as they are.</summary>
    public static byte[] PackEntries(IEnumerable<(string Name, byte[] Content)> entries, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var archive = new MemoryStream();
        using (var zipped = new GZipStream(archive, level, leaveOpen: true))
        using (var tar = new TarWriter(zipped, TarEntryFormat.Pax))
        {
            foreach (var (name, content) in entries)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), ModificationTime = DateTimeOffset.UnixEpoch });
            }
        }

        return archive.ToArray();
    }
}
