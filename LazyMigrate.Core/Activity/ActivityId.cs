using System.Buffers.Binary;

namespace LazyMigrate.Core.Activity;

/// <summary>
/// Identifiers of events: UUIDs of version 7 of which each is greater than the one this process made before, also within
/// one millisecond (RFC 9562, 6.2, method 2), so that events read in the order in which they happened.
/// </summary>
internal static class ActivityId
{
    private static readonly Lock s_gate = new();
    private static UInt128 s_last;

    public static Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7().TryWriteBytes(bytes, bigEndian: true, out _);
        var candidate = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        lock (s_gate)
        {
            s_last = candidate > s_last ? candidate : s_last + UInt128.One;
            BinaryPrimitives.WriteUInt128BigEndian(bytes, s_last);
        }

        return new Guid(bytes, bigEndian: true);
    }
}
