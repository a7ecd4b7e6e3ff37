using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LazyMigrate.Core.Activity.Chain;

/// <summary>The key that events and their chain are made with, and what is computed with it.</summary>
/// <remarks>
/// What goes into each HMAC-SHA256 is a list of texts: each as the length of its UTF-8 form (four bytes, big-endian; -1 for
/// null) and that form. No two lists have the same bytes, and numbers, times and ids have one way of being written.
/// </remarks>
/// <param name="Number">From 1; a new one follows when the stored key can no longer be decrypted.</param>
/// <param name="Bytes">32 of them.</param>
public sealed record ActivityKey(int Number, byte[] Bytes)
{
    /// <summary>What the first event of all is chained to.</summary>
    public static byte[] NoSeal => new byte[HMACSHA256.HashSizeInBytes];

    /// <summary>What an event has in place of a signature where the node that wrote it could not decrypt the key.</summary>
    public static byte[] NoMac => [];

    /// <summary>Computed where the event is written: an event that something else stored has none that is right.</summary>
    public byte[] MacOf(ActivityEvent item) => MacOf("event.1", item);

    /// <summary>Computed where an event that came unsigned becomes a link of the chain: nobody can say who wrote it, but from then on nobody can alter it.</summary>
    public byte[] MacOfUnsigned(ActivityEvent item) => MacOf("unsigned.1", item);

    /// <summary>Computed when the event becomes a link of the chain.</summary>
    public byte[] SealOf(long number, byte[] previous, Guid id, byte[]? mac) =>
        Compute("seal.1", Text(number), Convert.ToHexString(previous), Text(id), mac is null ? null : Convert.ToHexString(mac));

    /// <summary>The link that is left of an event, signed.</summary>
    public ActivityRemoval Removal(long number, Guid id, byte[]? mac) => new() { Number = number, EventId = id, EventMac = mac, Mac = MacOf(number, id, mac) };

    /// <summary>Whether the link is as this key's holder wrote it.</summary>
    public bool Made(ActivityRemoval removal) => CryptographicOperations.FixedTimeEquals(removal.Mac, MacOf(removal.Number, removal.EventId, removal.EventMac));

    /// <summary>The row of both ends, signed.</summary>
    public ActivityChain Chain(long headNumber, byte[] headSeal, long anchorNumber, byte[] anchorSeal) => new()
    {
        HeadNumber = headNumber,
        HeadSeal = headSeal,
        AnchorNumber = anchorNumber,
        AnchorSeal = anchorSeal,
        KeyNumber = Number,
        Mac = MacOf(headNumber, headSeal, anchorNumber, anchorSeal),
    };

    /// <summary>Whether the row is as this key's holder wrote it.</summary>
    public bool Made(ActivityChain chain) =>
        chain.KeyNumber == Number
        && CryptographicOperations.FixedTimeEquals(chain.Mac, MacOf(chain.HeadNumber, chain.HeadSeal, chain.AnchorNumber, chain.AnchorSeal));

    private byte[] MacOf(string what, ActivityEvent item) => Compute(
        what,
        Text(item.Id),
        Text(item.Time.ToUnixTimeMilliseconds()),
        item.Day.ToString("O", CultureInfo.InvariantCulture),
        item.Kind,
        Text(item.ActorId),
        item.ActorName,
        Text(item.SubjectId),
        item.SubjectName,
        item.Address,
        Text(item.CustomDatabaseId),
        Text(item.ScriptVersionId),
        Text(item.DurationMilliseconds),
        item.Outcome,
        item.Detail,
        item.CorrelationId);

    private byte[] MacOf(long headNumber, byte[] headSeal, long anchorNumber, byte[] anchorSeal) =>
        Compute("chain.1", Text(Number), Text(headNumber), Convert.ToHexString(headSeal), Text(anchorNumber), Convert.ToHexString(anchorSeal));

    private byte[] MacOf(long number, Guid id, byte[]? mac) =>
        Compute("removal.1", Text(number), Text(id), mac is null ? null : Convert.ToHexString(mac));

    private byte[] Compute(params ReadOnlySpan<string?> texts)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Bytes);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var text in texts)
        {
            var bytes = text is null ? null : Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes?.Length ?? -1);
            hmac.AppendData(length);
            hmac.AppendData(bytes ?? []);
        }

        return hmac.GetHashAndReset();
    }

    private static string? Text(Guid? id) => id?.ToString("D");

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
