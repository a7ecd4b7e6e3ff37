using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;
using Microsoft.ClearScript.V8.FastProxy;

namespace LazyMigrate.Core.Scripting.V8;

/// <summary>A fresh isolate with the bootstrap in it, for one run. Made, used and disposed on one thread.</summary>
/// <remarks>It holds nothing of any run until <see cref="Begin"/>, so it can be made before it is known for which.</remarks>
internal sealed class Isolate : IDisposable
{
    private readonly ScriptObject _drive;
    private readonly Facades _facades;
    private V8FastHostFunctionInvoker? _answer;

    /// <param name="limits">Of these, the heap's and the array buffers' are the engine's own and cannot be changed later.</param>
    public Isolate(ScriptLimits limits)
    {
        HeapMegabytes = limits.HeapMegabytes;
        ArrayBufferMegabytes = limits.ArrayBufferMegabytes;
        Engine = IsolateEngine.Create(limits);
        _facades = new Facades(Engine);
        try
        {
            var boot = _facades.Load("bootstrap", Bootstrap.Source);
            _drive = (ScriptObject)boot.Invoke(false, new V8FastHostFunction("host", Answer));
        }
        catch
        {
            Engine.Dispose();
            throw;
        }
    }

    public V8ScriptEngine Engine { get; }

    private int HeapMegabytes { get; }

    private int ArrayBufferMegabytes { get; }

    /// <summary>What later isolates can learn from this one; nothing where no run came to its end in it.</summary>
    public Lesson Lesson { get; set; }

    /// <summary>Whether a run with these limits can have it.</summary>
    public bool Fits(ScriptLimits limits) => HeapMegabytes == limits.HeapMegabytes && ArrayBufferMegabytes == limits.ArrayBufferMegabytes;

    /// <summary>Gives it to its run.</summary>
    /// <param name="answer">The host function: the one thing that the bootstrap, and nobody else, can call.</param>
    /// <param name="settings">What the bootstrap is told about the run.</param>
    public void Begin(V8FastHostFunctionInvoker answer, string settings)
    {
        _answer = answer;
        _drive.Invoke(false, "begin", settings, "");
    }

    /// <summary>Tells the bootstrap that something has happened.</summary>
    public void Drive(string @event, object first, string second) => _drive.Invoke(false, @event, first, second);

    /// <summary>A module's facade, or a part of the bootstrap, as a function.</summary>
    public ScriptObject Load(string name, string source) => _facades.Load(name, source);

    public void Dispose()
    {
        try
        {
            _facades.Learn(Lesson);
        }
        finally
        {
            try
            {
                _facades.Dispose();
                _drive.Dispose();
            }
            finally
            {
                Engine.Dispose();
            }
        }
    }

    private void Answer(bool asConstructor, in V8FastArgs args, in V8FastResult result) => _answer?.Invoke(asConstructor, args, result);
}
