namespace Matrix.Realtime;

/// <summary>Receipts and read markers.</summary>
public sealed class ReceiptOptions
{
    /// <summary>
    /// How many receipts of others a room has in a first sync at most: those on the events of its timeline that moved
    /// last.
    /// </summary>
    public int MaxInitialReceipts { get; set; } = 500;

    /// <summary>How often one user may move receipts and read markers, over all rooms. Unlimited unless set.</summary>
    public RateLimitOptions RateLimit { get; } = new();
}
