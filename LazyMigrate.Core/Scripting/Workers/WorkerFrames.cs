using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.VisualStudio.Threading;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>The frames of the pipe: four bytes of length, most significant first, then one JSON-RPC message. What is not that ends the connection.</summary>
internal sealed class WorkerFrames : PipeMessageHandler
{
    /// <summary>Longest frame that a worker may send.</summary>
    public const int LongestFromWorker = 1 << 20;

    /// <summary>Longest frame that the server sends: a reply holds up to a run's limit of rows, as base64.</summary>
    public const int LongestFromServer = 4 << 20;

    /// <summary>What fits a frame of a worker's as base64, with room for the rest of the message.</summary>
    public const int LongestBytes = 760 << 10;

    private const int HeadLength = 4;

    private static readonly JsonSerializerOptions s_json = new(WorkerJson.Default.Options)
    {
        // The formatter's own few types are not in the generated context.
        TypeInfoResolver = JsonTypeInfoResolver.Combine(WorkerJson.Default, new DefaultJsonTypeInfoResolver()),
        MaxDepth = 16,
    };

    private readonly ArrayBufferWriter<byte> _written = new(4096);
    private readonly ConcurrentDictionary<RequestId, bool> _asked = new();
    private readonly FrozenSet<string> _methods;
    private readonly int _longestRead;
    private readonly int _longestWritten;
    private readonly Action _refusing;

    private WorkerFrames(PipeReader reader, PipeWriter writer, IEnumerable<string> methods, int longestRead, int longestWritten, Action refusing)
        : base(writer, reader, new SystemTextJsonFormatter { JsonSerializerOptions = s_json })
    {
        _methods = methods.ToFrozenSet(StringComparer.Ordinal);
        _longestRead = longestRead;
        _longestWritten = longestWritten;
        _refusing = refusing;
    }

    /// <summary>The server's end of a connection. Its handlers are added, and it is started, by the caller.</summary>
    /// <param name="reader">What the worker writes.</param>
    /// <param name="writer">What the worker reads.</param>
    /// <param name="refusing">Told before a request is answered with an error, whatever is wrong with it: an honest worker makes none such.</param>
    public static JsonRpc ServerEnd(PipeReader reader, PipeWriter writer, Action refusing) =>
        Connect(new WorkerFrames(reader, writer, [WorkerMethods.CallModule, WorkerMethods.ConsoleLine], LongestFromWorker, LongestFromServer, refusing));

    /// <summary>The worker's end.</summary>
    public static JsonRpc WorkerEnd(PipeReader reader, PipeWriter writer) =>
        Connect(new WorkerFrames(reader, writer, [WorkerMethods.Start, WorkerMethods.Run, WorkerMethods.Cancel], LongestFromServer, LongestFromWorker, static () => { }));

    protected override async ValueTask<JsonRpcMessage?> ReadCoreAsync(CancellationToken cancellationToken)
    {
        var head = await ReadAtLeastAsync(HeadLength, allowEmpty: true, cancellationToken).ConfigureAwait(false);
        if (head.Buffer.Length < HeadLength)
        {
            return null;
        }

        var length = LengthOf(head.Buffer);
        Reader!.AdvanceTo(head.Buffer.GetPosition(HeadLength));
        if (length == 0 || length > _longestRead)
        {
            throw new WorkerProtocolException($"A frame of {length} bytes; {_longestRead} are allowed.");
        }

        var body = await ReadAtLeastAsync((int)length, allowEmpty: false, cancellationToken).ConfigureAwait(false);

        // Copied: the message is read lazily, when the pipe has long moved on.
        var message = Formatter.Deserialize(new ReadOnlySequence<byte>(body.Buffer.Slice(0, length).ToArray()));
        Reader.AdvanceTo(body.Buffer.GetPosition(length));
        return message switch
        {
            JsonRpcRequest { Method: { } method } when _methods.Contains(method) => message,
            JsonRpcResult { RequestId: var id } when _asked.TryRemove(id, out _) => message,
            JsonRpcError { RequestId: var id } when _asked.TryRemove(id, out _) => message,
            _ => throw new WorkerProtocolException("A method that the contract does not have, or an answer to nothing."),
        };
    }

    protected override void Write(JsonRpcMessage content, CancellationToken cancellationToken)
    {
        if (content is JsonRpcError)
        {
            _refusing();
        }

        if (content is JsonRpcRequest { IsResponseExpected: true, RequestId: var id })
        {
            _asked[id] = true;
        }

        _written.ResetWrittenCount();
        Formatter.Serialize(_written, content);
        if (_written.WrittenCount > _longestWritten)
        {
            throw new WorkerProtocolException($"A message of {_written.WrittenCount} bytes; {_longestWritten} are allowed.");
        }

        BinaryPrimitives.WriteUInt32BigEndian(Writer!.GetSpan(HeadLength), (uint)_written.WrittenCount);
        Writer.Advance(HeadLength);
        Writer.Write(_written.WrittenSpan);
    }

    private static JsonRpc Connect(WorkerFrames frames) => new(frames)
    {
        // Messages are taken in the order they came in: console lines, and a run before its cancellation.
        SynchronizationContext = new NonConcurrentSynchronizationContext(sticky: false),

        // Neither end needs them; a worker could keep the server's memory with them.
        CancelLocallyInvokedMethodsWhenConnectionIsClosed = false,
        ExceptionStrategy = ExceptionProcessing.CommonErrorData,
    };

    private static uint LengthOf(ReadOnlySequence<byte> buffer)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        buffer.Slice(0, HeadLength).CopyTo(head);
        return BinaryPrimitives.ReadUInt32BigEndian(head);
    }
}

/// <summary>The other end said something that the contract does not have.</summary>
internal sealed class WorkerProtocolException(string message, Exception? inner = null) : Exception(message, inner);
