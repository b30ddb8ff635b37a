namespace Matrix.Realtime.Receipts;

/// <summary>Of one user in one room there is one receipt per type and category.</summary>
internal readonly record struct ReceiptKey(string Type, string Category);
