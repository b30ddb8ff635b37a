using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Streams;

/// <summary>A change that waits for its batch, with the function that decides it.</summary>
internal sealed class PendingChange<TResult>(
    Func<ChangeBatch, ValueTask<TResult>> change, ChangeDurability durability, CancellationToken cancellationToken)
    : PendingChange(durability, cancellationToken)
{
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult _result = default!;

    public Task<TResult> Answer => _answer.Task;

    public override bool IsAnswered => _answer.Task.IsCompleted;

    public override async ValueTask EvaluateAsync(ChangeBatch batch) => _result = await change(batch);

    public override void Complete()
    {
        if (Refusal is { } refusal)
        {
            Fail(refusal);
        }
        else
        {
            _answer.TrySetResult(_result);
        }
    }

    public override void Fail(Exception exception) =>
        _answer.TrySetException(exception is MatrixException ? exception : new ChangeFailedException(exception));

    public override void Cancel() => _answer.TrySetCanceled(CancellationToken);
}
