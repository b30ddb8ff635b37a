using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Presence;

/// <summary>
/// Begins where the last process ended: whoever was there stays so for as long as a client needs to come back, and
/// nobody does once presence is switched off.
/// </summary>
internal sealed class PresenceUpkeep(
    PresenceTracker tracker,
    PresenceWriter writer,
    ChangeWriter changes,
    RoomStates states,
    IDbContextFactory<MatrixDbContext> databases,
    IOptions<RealtimeOptions> options) : IHostedService
{
    /// <summary>How many users are told to be offline at once.</summary>
    private const int UsersPerChange = 500;

    /// <summary>For how many users their rooms are read at once.</summary>
    private const int ReadsAtOnce = 8;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var present = await database.Set<PresenceRow>().AsNoTracking()
            .Where(row => row.State != PresenceState.Offline).ToListAsync(cancellationToken);
        await (options.Value.Presence.Enabled ? RestoreAsync(present, cancellationToken) : EndAsync(present, cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task RestoreAsync(List<PresenceRow> present, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        present,
        new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
        async (row, stop) =>
        {
            await states.FollowAsync(row.UserId, stop);
            tracker.Restore(UserPresence.From(row));
        });

    private async Task EndAsync(List<PresenceRow> present, CancellationToken cancellationToken)
    {
        foreach (var some in present.Chunk(UsersPerChange))
        {
            await changes.SubmitAsync(batch => EndAsync(batch, some), cancellationToken, ChangeDurability.Volatile);
        }
    }

    private async ValueTask EndAsync(ChangeBatch batch, IEnumerable<PresenceRow> present)
    {
        foreach (var row in present)
        {
            await writer.WriteAsync(
                batch, row.UserId, presence => presence with { State = PresenceState.Offline, CurrentlyActive = false });
        }
    }
}
