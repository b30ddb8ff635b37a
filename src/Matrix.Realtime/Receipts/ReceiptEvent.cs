using System.Buffers;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Receipts;

/// <summary>The ephemeral event <c>m.receipt</c> (client-server API, "Receipts").</summary>
internal static class ReceiptEvent
{
    public const string Type = "m.receipt";

    /// <summary>
    /// The events that tell of these receipts, without a <c>room_id</c>: one for each thread, one for what has none.
    /// </summary>
    /// <remarks>
    /// Of a user's receipts of one type on one event, the one without a thread stands for the others: clients keep one
    /// entry per event, type and user of it (MSC4102).
    /// </remarks>
    public static IReadOnlyList<byte[]> Encode(IReadOnlyCollection<Receipt> receipts)
    {
        if (receipts.Count == 0)
        {
            return [];
        }

        var unthreaded = receipts.Where(IsUnthreaded)
            .Select(receipt => (receipt.EventId, receipt.UserId, receipt.Key.Type)).ToHashSet();
        return [.. receipts
            .Where(receipt => IsUnthreaded(receipt)
                || !unthreaded.Contains((receipt.EventId, receipt.UserId, receipt.Key.Type)))
            .GroupBy(receipt => receipt.Key.Category)
            .OrderBy(category => category.Key, StringComparer.Ordinal)
            .Select(EncodeEvent)];
    }

    /// <summary>One receipt, as all its recipients see it.</summary>
    public static byte[] EncodeEntry(Receipt receipt)
    {
        var output = new ArrayBufferWriter<byte>(96);
        JsonText.WriteString(output, receipt.UserId.Value);
        output.Write(":{\"ts\":"u8);
        JsonText.WriteNumber(output, receipt.Ts);
        if (!IsUnthreaded(receipt))
        {
            output.Write(",\"thread_id\":"u8);
            JsonText.WriteString(output, receipt.Key.Category);
        }

        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    private static bool IsUnthreaded(Receipt receipt) => receipt.Key.Category == ReceiptCategories.Unthreaded;

    private static byte[] EncodeEvent(IEnumerable<Receipt> receipts)
    {
        var output = new ArrayBufferWriter<byte>(256);
        output.Write("{\"type\":\"m.receipt\",\"content\":{"u8);
        WriteMembers(output, receipts.GroupBy(receipt => receipt.EventId), onEvent =>
        {
            JsonText.WriteString(output, onEvent.Key.Value);
            output.Write(":{"u8);
            WriteMembers(output, onEvent.GroupBy(receipt => receipt.Key.Type), ofType =>
            {
                JsonText.WriteString(output, ofType.Key);
                output.Write(":{"u8);
                WriteMembers(output, ofType, receipt => output.Write(receipt.Entry));
                output.Write("}"u8);
            });
            output.Write("}"u8);
        });
        output.Write("}}"u8);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteMembers<T>(ArrayBufferWriter<byte> output, IEnumerable<T> members, Action<T> write)
    {
        var separator = ""u8;
        foreach (var member in members)
        {
            output.Write(separator);
            write(member);
            separator = ","u8;
        }
    }
}
