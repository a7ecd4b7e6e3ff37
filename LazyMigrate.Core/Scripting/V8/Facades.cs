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
    private readonly List<(Facade Facade, string Source, bool IsLesson)> _facades = [];

    /// <summary>Evaluates a facade: the function that it is.</summary>
    /// <param name="name">The module's name, for stack traces.</param>
    /// <param name="source">The facade's text.</param>
    public ScriptObject Load(string name, string source)
    {
        var facade = s_all.GetValue(source, _ => new Facade(name));
        var isLesson = facade.IsLesson;
        V8Script script;
        if (!isLesson && facade.Cache is { } cache)
        {
            // The cache only spares the parser; a rejected one is compiled again, and learned anew.
            script = engine.Compile(facade.Document, source, V8CacheKind.Code, cache, out var accepted);
            if (!accepted)
            {
                facade.Forget(cache);
                isLesson = true;
            }
        }
        else
        {
            script = engine.Compile(facade.Document, source);
        }

        _loaded.Add(script);
        var function = (ScriptObject)engine.Evaluate(script);
        _loaded.Add(function);
        _facades.Add((facade, source, isLesson));
        return function;
    }

    /// <summary>After the run: keeps what V8 compiled, of a facade's functions those that were called. It is made of the text alone, nothing of the run is in it.</summary>
    public void Learn(Lesson lesson)
    {
        foreach (var (facade, source, isLesson) in _facades)
        {
            if (lesson == Lesson.Run)
            {
                facade.CountUse();
            }

            if (lesson != Lesson.None && isLesson)
            {
                Learn(facade, source, lesson);
            }
        }
    }

    public void Dispose() => _loaded.ForEach(each => each.Dispose());

    private void Learn(Facade facade, string source, Lesson lesson)
    {
        try
        {
            using var script = engine.Compile(facade.Document, source, V8CacheKind.Code, out var cache);
            facade.Learn(cache, lesson);
        }
        catch (Exception exception) when (exception is ScriptEngineException or ScriptInterruptedException)
        {
            // A run that was ended by force teaches nothing.
        }
    }

    private sealed class Facade(string name)
    {
        /// <summary>The use that is learned from a second time: the first may have been a test run that went wrong, or the worker's own rehearsal.</summary>
        private const int SecondLesson = 10;

        private byte[]? _cache;
        private int _uses;
        private volatile bool _isLearned;

        public DocumentInfo Document { get; } = new($"lazymigrate:{name}") { Flags = DocumentFlags.None };

        public byte[]? Cache => Volatile.Read(ref _cache);

        /// <summary>Whether the next use is one to learn from.</summary>
        public bool IsLesson => Cache is null || (!_isLearned && Volatile.Read(ref _uses) >= SecondLesson - 1);

        /// <summary>Counts a use by a run of the server.</summary>
        public void CountUse() => Interlocked.Increment(ref _uses);

        public void Learn(byte[] cache, Lesson lesson)
        {
            Volatile.Write(ref _cache, cache);
            _isLearned |= lesson == Lesson.Run && Volatile.Read(ref _uses) >= SecondLesson;
        }

        /// <summary>Drops a cache that V8 rejected.</summary>
        public void Forget(byte[] cache) => Interlocked.CompareExchange(ref _cache, null, cache);
    }
}

/// <summary>What a run teaches later ones about the facades it used.</summary>
internal enum Lesson
{
    /// <summary>Nothing: it did not begin, or was interrupted.</summary>
    None,

    /// <summary>A first idea.</summary>
    Rehearsal,

    /// <summary>Which of their functions are called.</summary>
    Run,
}
