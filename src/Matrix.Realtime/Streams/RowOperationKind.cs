namespace Matrix.Realtime.Streams;

/// <summary>How a row is written.</summary>
internal enum RowOperationKind
{
    /// <summary>The key is new; a row that has it already fails the batch.</summary>
    Insert,

    /// <summary>The row is added, or replaces the one with its key.</summary>
    Upsert,

    /// <summary>The row with the key goes, if it is there.</summary>
    Delete,
}
