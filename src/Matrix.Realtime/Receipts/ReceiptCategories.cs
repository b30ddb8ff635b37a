namespace Matrix.Realtime.Receipts;

/// <summary>What of a room a receipt covers: these two, or else the thread whose root the category names.</summary>
internal static class ReceiptCategories
{
    /// <summary>The whole room, threads included.</summary>
    public const string Unthreaded = "";

    /// <summary>The main timeline.</summary>
    public const string Main = "main";
}
