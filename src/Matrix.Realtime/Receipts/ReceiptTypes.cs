namespace Matrix.Realtime.Receipts;

/// <summary>What a receipt can be of (client-server API, "Receipts").</summary>
internal static class ReceiptTypes
{
    /// <summary>Shown to everybody in the room.</summary>
    public const string Read = "m.read";

    /// <summary>Shown to nobody but the reader's own devices.</summary>
    public const string ReadPrivate = "m.read.private";

    /// <summary>The read marker, which is account data and never a receipt.</summary>
    public const string FullyRead = "m.fully_read";
}
