namespace LazyMigrate.Core.Scripting.Modules.BetterSqlite3;

/// <summary>Which files may be opened: those below one folder, and those that are listed.</summary>
internal static class SqliteFiles
{
    private const int LinksFollowed = 40;

    /// <summary>The real path of a file that may be read.</summary>
    /// <param name="access">What the run may reach.</param>
    /// <param name="name">Absolute, or relative to the folder.</param>
    /// <exception cref="ModuleException">It may not be read, or is not there.</exception>
    public static string Resolve(LegacyAccess access, string name)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) || name == ":memory:" || name.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw CannotOpen("Only a database file by its path can be opened.");
        }

        if (!Path.IsPathFullyQualified(name) && access.SqliteFolder is null)
        {
            throw CannotOpen("A relative file name needs a folder of SQLite files, and this custom database has none.");
        }

        var path = Path.GetFullPath(name, access.SqliteFolder ?? Path.GetPathRoot(Environment.CurrentDirectory)!);

        // The links are followed before the comparison: a link inside the folder must not lead out of it.
        var real = RealPath(path);
        var allowed = (access.SqliteFolder is { } folder && IsBelow(real, RealPath(Path.GetFullPath(folder))))
            || access.SqliteFiles.Any(file => RealPath(Path.GetFullPath(file)) == real);
        if (!allowed)
        {
            throw CannotOpen("This file is not one that this custom database may read; put it into the folder of SQLite files, or add it to the allowed files.");
        }

        return File.Exists(real) ? real : throw CannotOpen("unable to open database file: there is no such file.");
    }

    private static ModuleException CannotOpen(string message) =>
        new("SQLITE_CANTOPEN", message) { Fields = new Dictionary<string, string> { ["name"] = "SqliteError" } };

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path with every symbolic link followed, as <c>realpath</c> gives it; missing ends are kept as they are.</summary>
    private static string RealPath(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var left = new Stack<string>(path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
        var real = root;
        var links = 0;
        while (left.TryPop(out var part))
        {
            var next = Path.GetFullPath(Path.Combine(real, part));
            var target = new FileInfo(next).LinkTarget;
            if (target is null)
            {
                real = next;
                continue;
            }

            if (++links > LinksFollowed)
            {
                throw CannotOpen("The file is behind too many symbolic links.");
            }

            var full = Path.GetFullPath(target, real);
            real = Path.GetPathRoot(full)!;
            foreach (var each in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
            {
                left.Push(each);
            }
        }

        return real;
    }
}
