using System.Diagnostics.Metrics;
using Matrix.Realtime.AccountData;
using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.DeviceLists;
using Matrix.Realtime.Keys.OneTime;
using Matrix.Realtime.Presence;
using Matrix.Realtime.PushRules;
using Matrix.Realtime.Receipts;
using Matrix.Realtime.RoomDirectory.Aliases;
using Matrix.Realtime.RoomDirectory.Listing;
using Matrix.Realtime.Rooms.Membership;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Matrix.Realtime.ToDevice;
using Matrix.Realtime.Typing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>Looks into the live state of a server, and takes things out of it.</summary>
internal sealed class LiveProbe
{
    private readonly CommandCounter _commands = new();
    private readonly SyncMeter _sync = new();
    private IServiceProvider _services = null!;

    /// <summary>How many commands the server's reads have sent to the database.</summary>
    public int Commands => _commands.Count;

    /// <summary>How many waits of syncs a change has ended.</summary>
    public long Wakes => _sync.Wakes;

    /// <summary>How many syncs wait, of all users, by the server's own account.</summary>
    public long Waiting => _sync.Waiting;

    /// <summary>How many syncs were answered with what had been read for others.</summary>
    public long Repeats => _sync.Repeats;

    private LiveState Live => _services.GetRequiredService<LiveState>();

    public void AttachTo(IServiceCollection services)
    {
        services.AddSingleton<IHostedService>(provider => new Attachment(this, provider));
        services.ConfigureDbContext<MatrixDbContext>(options => options.AddInterceptors(_commands));
    }

    /// <summary>Waits until so many polls of the user are waiting for something to happen.</summary>
    public Task WaitForPollsAsync(MatrixClient user, int count = 1) => WaitUntilAsync(() => PollsOf(user) == count);

    /// <summary>Waits until so many polls, of all users, have read that there is nothing to tell.</summary>
    public Task WaitForWaitsAsync(int count) => WaitUntilAsync(() => Waiting == count);

    /// <summary>Forgets everything that the server can load again.</summary>
    public void EvictAll()
    {
        Evict(_services.GetRequiredService<RoomTable>());
        Evict(_services.GetRequiredService<UserRoomsTable>());
        Evict(_services.GetRequiredService<AccountDataTable>());
        Evict(_services.GetRequiredService<TypingTable>());
        Evict(_services.GetRequiredService<PushRulesTable>());
        Evict(_services.GetRequiredService<UserReceiptsTable>());
        Evict(_services.GetRequiredService<RoomReceiptsTable>());
        Evict(_services.GetRequiredService<RoomAliasTable>());
        Evict(_services.GetRequiredService<PublishedRoomTable>());
        Evict(_services.GetRequiredService<PresenceTable>());
        Evict(_services.GetRequiredService<OneTimeKeysTable>());
        Evict(_services.GetRequiredService<KeyCountsTable>());
        Evict(_services.GetRequiredService<DeviceListTable>());
        Evict(_services.GetRequiredService<DeviceInboxTable>());
        Evict(_services.GetRequiredService<SentTransactionsTable>());
        Evict(_services.GetRequiredService<UserDevicesTable>());
    }

    /// <summary>Lets users join who have no accounts, which would take long to make for many.</summary>
    public Task JoinAsync(string room, IEnumerable<string> userIds)
    {
        var memberships = _services.GetRequiredService<MembershipService>();
        return Task.WhenAll(userIds.Select(userId => memberships.JoinAsync(
            UserId.Parse(userId), RoomId.Parse(room), reason: null, CancellationToken.None)));
    }

    /// <summary>Tells the server to stop, as a signal of its process would.</summary>
    public void StopServer() => _services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    /// <summary>Waits for what will hold before long.</summary>
    public static async Task WaitUntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(SyncAnswerExtensions.Patience);
        while (!holds())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private int PollsOf(MatrixClient user) =>
        Live.Follow(UserId.Parse(user.UserId), _ => null)?.Waiters ?? 0;

    private void Evict<TKey, TSnapshot>(LiveTable<TKey, TSnapshot> table)
        where TKey : struct, IEquatable<TKey>
        where TSnapshot : LiveSnapshot
    {
        foreach (var key in Live.Current.Snapshots(table).Keys)
        {
            Live.Evict(table, key);
        }
    }

    private sealed class Attachment(LiveProbe probe, IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            probe._services = services;
            probe._sync.Listen(services.GetRequiredService<IMeterFactory>());
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
