namespace Matrix.Realtime.Streams;

/// <summary>What happens to one row of a batch.</summary>
/// <param name="Kind">How the row is written.</param>
/// <param name="Row">An entity of the database model, complete; for a deletion only its key counts.</param>
internal readonly record struct RowOperation(RowOperationKind Kind, object Row);
