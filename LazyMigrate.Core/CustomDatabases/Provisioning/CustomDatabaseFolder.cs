using System.Security.Cryptography;
using System.Text;
using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Core.CustomDatabases.Provisioning;

/// <summary>A folder that a first start is provisioned from: <c>database.json</c> and the scripts beside it.</summary>
internal sealed class CustomDatabaseFolder(string folder, IScriptInspector inspector, Func<string, string?> environment)
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly (ScriptKind Kind, string File, bool IsRequired)[] s_scripts =
    [
        (ScriptKind.Login, "login.js", true),
        (ScriptKind.SearchUser, "searchUser.js", true),
        (ScriptKind.CountUsers, "countUsers.js", false),
        (ScriptKind.ListUsers, "listUsers.js", false),
        (ScriptKind.UserMigrated, "userMigrated.js", false),
    ];

    private readonly List<FolderFault> _faults = [];

    public bool Exists => Directory.Exists(folder);

    /// <summary>A hash of the files as they lie there. Values of the environment are not in it: a hash of a secret would be something to guess it by.</summary>
    public async Task<string> HashAsync(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in s_scripts.Select(script => script.File).Prepend(DatabaseJson.FileName))
        {
            var content = await ReadBytesAsync(Path.Combine(folder, file), cancellationToken);

            // Name and length part the files, so that no text can move from one to the next unseen.
            hash.AppendData(Encoding.UTF8.GetBytes($"{file}\n{content.Length}\n"));
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Reads and checks everything, and names all faults at once.</summary>
    public async Task<FolderReading> ReadAsync(CancellationToken cancellationToken)
    {
        _faults.Clear();
        if (!Exists)
        {
            return new FolderReading.Faulty([new FolderFault("", $"There is no folder {folder}.")]);
        }

        var (settings, mode, dialects) = await ReadSettingsAsync(cancellationToken);
        var scripts = new Dictionary<ScriptKind, string>();
        foreach (var (kind, file, isRequired) in s_scripts)
        {
            if (await ReadFileAsync(file, isRequired, cancellationToken) is { } source)
            {
                Inspect(kind, file, source, dialects.TryGetValue(kind, out var dialect) ? dialect : null);
                scripts[kind] = source;
            }
        }

        return _faults.Count == 0
            ? new FolderReading.Complete(new ProvisionedContent(settings!, mode, scripts, dialects))
            : new FolderReading.Faulty([.. _faults]);
    }

    private async Task<(CustomDatabaseEdit? Settings, MigrationMode Mode, IReadOnlyDictionary<ScriptKind, ScriptDialect> Dialects)> ReadSettingsAsync(CancellationToken cancellationToken)
    {
        if (await ReadFileAsync(DatabaseJson.FileName, isRequired: true, cancellationToken) is not { } json)
        {
            return (null, MigrationMode.Off, new Dictionary<ScriptKind, ScriptDialect>());
        }

        var reader = new DatabaseJson(environment);
        var (settings, mode) = reader.Read(json);
        _faults.AddRange(reader.Faults);
        return (WithFileBeside(settings), mode, reader.Dialects);
    }

    // A legacy SQLite file may travel in the folder itself; otherwise its name is looked up in the SQLite folder, as always.
    private CustomDatabaseEdit WithFileBeside(CustomDatabaseEdit settings)
    {
        if (settings is not { Type: CustomDatabaseType.Sqlite, NewUri: { Length: > 0 } uri })
        {
            return settings;
        }

        var name = ConnectionVariables.SqlitePath(uri.Trim());
        if (name.Length == 0 || Path.IsPathRooted(name))
        {
            return settings;
        }

        var path = Path.GetFullPath(name, Path.GetFullPath(folder));
        return File.Exists(path) ? settings with { NewUri = path } : settings;
    }

    private void Inspect(ScriptKind kind, string file, string source, ScriptDialect? dialect)
    {
        var longest = new ScriptLimits().SourceLength;
        if (source.Length > longest)
        {
            _faults.Add(new FolderFault(file, $"The script has {source.Length:N0} characters; at most {longest:N0} are allowed."));
            return;
        }

        _faults.AddRange(inspector.Inspect(kind, source, dialect).Problems
            .Where(problem => problem.Severity == ScriptProblemSeverity.Error)
            .Select(problem => new FolderFault(file, problem.Message, problem.Position)));
    }

    // What cannot be read is a fault when it is needed, not when it is compared.
    private static async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private async Task<string?> ReadFileAsync(string file, bool isRequired, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            if (isRequired)
            {
                _faults.Add(new FolderFault(file, "The file is missing."));
            }

            return null;
        }

        try
        {
            return await File.ReadAllTextAsync(path, s_strictUtf8, cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            _faults.Add(new FolderFault(file, "The file is not UTF-8."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _faults.Add(new FolderFault(file, $"The file cannot be read: {exception.Message}"));
        }

        return null;
    }
}
