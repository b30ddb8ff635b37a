namespace Matrix.Realtime.Streams;

/// <summary>A change that waits for its batch, without its result type.</summary>
internal abstract class PendingChange(ChangeDurability durability, CancellationToken cancellationToken)
{
    public ChangeDurability Durability { get; } = durability;

    /// <summary>Cancelled by a caller who went away before the evaluation began; later it no longer matters.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Why the evaluation failed, if it did; the caller learns it once the batch has been decided.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>Whether the caller has an answer already.</summary>
    public abstract bool IsAnswered { get; }

    public abstract ValueTask EvaluateAsync(ChangeBatch batch);

    /// <summary>Answers with the result, or with the refusal.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception exception);

    public abstract void Cancel();
}
