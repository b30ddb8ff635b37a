using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.KeyBackup;

/// <summary>
/// The one way in which backups change: of each user one change per batch, so that etag and count follow from what is
/// committed, whoever else is writing.
/// </summary>
internal sealed class KeyBackupWriter(ChangeWriter writer)
{
    /// <summary>Evaluates a change of a user's backups on the writer's loop.</summary>
    public async Task<TResult> ChangeAsync<TResult>(
        UserId userId, Func<ChangeBatch, ValueTask<TResult>> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (isDone, result) = await writer.SubmitAsync(TryChangeAsync, cancellationToken);
            if (isDone)
            {
                return result!;
            }
        }

        async ValueTask<(bool IsDone, TResult? Result)> TryChangeAsync(ChangeBatch batch) =>
            batch.TryClaim($"key backups of {userId}") ? (true, await change(batch)) : default;
    }
}
