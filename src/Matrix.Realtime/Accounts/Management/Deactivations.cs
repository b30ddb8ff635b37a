using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Accounts.Management;

/// <summary>
/// Has all features do their part for an account that is given up. What fails, or is interrupted because the server
/// stops, holds up nothing else, and is done before the next start serves anybody.
/// </summary>
internal sealed class Deactivations(
    IEnumerable<IDeactivationParticipant> participants,
    IDbContextFactory<MatrixDbContext> databases,
    ILogger<Deactivations> logger) : IHostedService
{
    private readonly IDeactivationParticipant[] _participants = [.. participants];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var deactivated = await database.Set<AccountRow>().Where(row => row.Deactivated)
            .Select(row => row.UserId).ToListAsync(cancellationToken);
        foreach (var participant in _participants)
        {
            foreach (var userId in await participant.FindUnfinishedAsync(database, deactivated, cancellationToken))
            {
                await FinishAsync(participant, userId);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Closes what belongs to a user who can no longer log in.</summary>
    public async Task FinishAsync(UserId userId)
    {
        foreach (var participant in _participants)
        {
            await FinishAsync(participant, userId);
        }
    }

    private async Task FinishAsync(IDeactivationParticipant participant, UserId userId)
    {
        try
        {
            await participant.OnDeactivatedAsync(userId);
        }
        catch (Exception exception)
        {
            logger.DeactivationUnfinished(userId, exception);
        }
    }
}
