using System.Buffers;
using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>All keys of one device that can be claimed.</summary>
internal sealed record OneTimeKeys : LiveSnapshot
{
    private const int BytesPerEntry = 1024;

    public static readonly OneTimeKeys None = new() { Position = StreamPosition.Zero };

    /// <summary>The one-time keys, in the order in which they are handed out.</summary>
    public ImmutableList<OneTimeKey> Unclaimed { get; init; } = [];

    /// <summary>The fallback keys by algorithm.</summary>
    public ImmutableSortedDictionary<string, FallbackKey> Fallbacks { get; init; } =
        ImmutableSortedDictionary.Create<string, FallbackKey>(StringComparer.Ordinal);

    public override int Weight => 1 + Count + (Bytes / BytesPerEntry);

    /// <summary>How many keys there are of both sorts.</summary>
    public int Count => Unclaimed.Count + Fallbacks.Count;

    public bool IsEmpty => Count == 0;

    private int Bytes =>
        Unclaimed.Sum(key => key.Json.Length) + Fallbacks.Sum(fallback => fallback.Value.Json.Length);

    public KeyCounts ToCounts() => new()
    {
        Position = Position,
        OneTimeKeyCounts = EncodeCounts(),
        UnusedFallbackKeyTypes = EncodeUnusedFallbacks(),
    };

    private byte[] EncodeCounts()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal) { [KeyIds.SignedCurve25519] = 0 };
        foreach (var key in Unclaimed)
        {
            counts[key.Algorithm] = counts.GetValueOrDefault(key.Algorithm) + 1;
        }

        var output = new ArrayBufferWriter<byte>();
        var separator = "{"u8;
        foreach (var (algorithm, count) in counts)
        {
            output.Write(separator);
            JsonText.WriteString(output, algorithm);
            output.Write(":"u8);
            JsonText.WriteNumber(output, count);
            separator = ","u8;
        }

        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    private byte[] EncodeUnusedFallbacks()
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("["u8);
        var separator = ""u8;
        foreach (var (algorithm, key) in Fallbacks)
        {
            if (!key.IsUsed)
            {
                output.Write(separator);
                JsonText.WriteString(output, algorithm);
                separator = ","u8;
            }
        }

        output.Write("]"u8);
        return output.WrittenSpan.ToArray();
    }
}
