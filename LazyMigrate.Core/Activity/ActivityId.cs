using System.Buffers.Binary;

namespace LazyMigrate.Core.Activity;

/// <summary>
/// Identifiers of events: UUIDs of version 7 of which each is greater than the one this process made before, also within
/// one millisecond (RFC 9562, 6.2, method 2), so that events read in the order in which they happened.
/// </summary>
internal static class ActivityId
{
    private static readonly Lock _gate = new();
    private static UInt128 _last;

    public static Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7().TryWriteBytes(bytes, bigEndian: true, out _);
        var candidate = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        lock (_gate)
        {
            _last = candidate > _last ? candidate : _last + UInt128.One;
            BinaryPrimitives.WriteUInt128BigEndian(bytes, _last);
        }

        return new Guid(bytes, bigEndian: true);
    }
}
