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
    public Task<TResult> ChangeAsync<TResult>(
        UserId userId, Func<ChangeBatch, ValueTask<TResult>> change, CancellationToken cancellationToken) =>
        writer.SubmitAloneAsync($"key backups of {userId}", change, cancellationToken);
}
