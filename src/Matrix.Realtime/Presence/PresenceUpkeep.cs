using Matrix.Realtime.Identifiers;
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
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var present = await database.Set<PresenceRow>().AsNoTracking()
            .Where(row => row.State != PresenceState.Offline).ToListAsync(cancellationToken);
        foreach (var row in present)
        {
            if (options.Value.Presence.Enabled)
            {
                await states.FollowAsync(row.UserId, cancellationToken);
                tracker.Restore(UserPresence.From(row));
            }
            else
            {
                await changes.SubmitAsync(batch => EndAsync(batch, row.UserId), cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async ValueTask EndAsync(ChangeBatch batch, UserId userId) =>
        await writer.WriteAsync(
            batch, userId, presence => presence with { State = PresenceState.Offline, CurrentlyActive = false });
}
