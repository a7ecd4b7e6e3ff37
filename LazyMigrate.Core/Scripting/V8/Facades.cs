using System.Runtime.CompilerServices;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace LazyMigrate.Core.Scripting.V8;

/// <summary>Our own JavaScript that a run asks for, as functions of its isolate: parsed by the first runs of a process, and handed on to later isolates as what V8 made of it.</summary>
internal sealed class Facades(V8ScriptEngine engine) : IDisposable
{
    /// <summary>By the text itself, which lives as long as its module.</summary>
    private static readonly ConditionalWeakTable<string, Facade> s_all = [];

    private readonly List<IDisposable> _loaded = [];
    private readonly List<(Facade Facade, string Source)> _learned = [];

    /// <summary>Evaluates a facade: the function that it is.</summary>
    /// <param name="name">The module's name, for stack traces.</param>
    /// <param name="source">The facade's text.</param>
    public ScriptObject Load(string name, string source)
    {
        var facade = s_all.GetValue(source, _ => new Facade(name));
        var learns = facade.CountUse();

        // The cache only spares the parser; a rejected one is compiled again.
        var script = !learns && facade.Cache is { } cache
            ? engine.Compile(facade.Document, source, V8CacheKind.Code, cache, out _)
            : engine.Compile(facade.Document, source);
        _loaded.Add(script);
        var function = (ScriptObject)engine.Evaluate(script);
        _loaded.Add(function);
        if (learns)
        {
            _learned.Add((facade, source));
        }

        return function;
    }

    /// <summary>After the run: keeps what V8 compiled, of a facade's functions those that were called. It is made of the text alone, nothing of the run is in it.</summary>
    public void Learn()
    {
        foreach (var (facade, source) in _learned)
        {
            try
            {
                using var script = engine.Compile(facade.Document, source, V8CacheKind.Code, out var cache);
                facade.Cache = cache;
            }
            catch (Exception exception) when (exception is ScriptEngineException or ScriptInterruptedException)
            {
                // A run that was ended by force teaches nothing.
            }
        }
    }

    public void Dispose() => _loaded.ForEach(each => each.Dispose());

    private sealed class Facade(string name)
    {
        /// <summary>The use that is learned from a second time: the first may have been a test run that went wrong, or the worker's own.</summary>
        private const int SecondLesson = 10;

        private volatile byte[]? _cache;
        private int _uses;

        public DocumentInfo Document { get; } = new($"lazymigrate:{name}") { Flags = DocumentFlags.None };

        public byte[]? Cache
        {
            get => _cache;
            set => _cache = value;
        }

        /// <summary>Whether this use is one to learn from.</summary>
        public bool CountUse() => Interlocked.Increment(ref _uses) is 1 or SecondLesson || (_cache is null && _uses % SecondLesson == 0);
    }
}
