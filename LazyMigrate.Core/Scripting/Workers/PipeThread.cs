using System.IO.Pipelines;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>Reads an inherited pipe on a thread of its own: its reads block, and must not take the pool's threads.</summary>
internal static class PipeThread
{
    private const int ReadAtOnce = 16 << 10;

    /// <param name="stream">Read to its end.</param>
    /// <param name="name">The thread's name.</param>
    public static PipeReader Read(Stream stream, string name)
    {
        var pipe = new Pipe();
        new Thread(() => Pump(stream, pipe.Writer), 256 << 10) { IsBackground = true, Name = name }.Start();
        return pipe.Reader;
    }

    private static void Pump(Stream stream, PipeWriter writer)
    {
        try
        {
            int read;
            while ((read = stream.Read(writer.GetSpan(ReadAtOnce))) > 0)
            {
                writer.Advance(read);
                var flush = writer.FlushAsync();
                if ((flush.IsCompleted ? flush.Result : flush.AsTask().GetAwaiter().GetResult()).IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // A pipe whose other end is gone has ended, too.
        }
        finally
        {
            writer.Complete();
        }
    }
}
