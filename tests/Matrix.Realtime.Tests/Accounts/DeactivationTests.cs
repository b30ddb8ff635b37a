using Matrix.Realtime.Accounts;
using Matrix.Realtime.Accounts.Management;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.CrossSigning;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.KeyBackup;
using Matrix.Realtime.Tests.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>What belongs to an account goes with it, whatever comes in between.</summary>
public sealed class DeactivationTests
{
    [Theory]
    [AllDatabases]
    public async Task Deactivation_TakesCrossSigningKeysAndAllSignaturesWithIt(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await app.RegisterAsync("alice"));
        using var bob = new KeyHolder(await app.RegisterAsync("bob"));
        foreach (var user in new[] { alice, bob })
        {
            await user.UploadDeviceKeysAsync();
            await user.UploadCrossSigningKeysAsync();
        }

        await alice.SignDeviceAsync(alice);
        await alice.SignUserAsync(bob);
        await bob.SignUserAsync(alice);

        await alice.Client.DeactivateAsync();

        var published = await bob.Client.QueryKeysAsync(alice.UserId, bob.UserId);
        Assert.Empty(published["device_keys"]![alice.UserId]!.AsObject());
        Assert.Equal([bob.UserId], published["master_keys"]!.AsObject().Select(key => key.Key));
        Assert.Equal([bob.UserId], published["self_signing_keys"]!.AsObject().Select(key => key.Key));
        Assert.Equal(0, await database.UseAsync(context => context.Set<KeySignatureRow>().CountAsync()));
    }

    [Theory]
    [AllDatabases]
    public async Task Deactivation_OfWhichSomethingFails_DoesTheRestAndThatAtTheNextStart(DatabaseKind kind)
    {
        var fault = new Fault();
        await using var database = await TestDatabase.CreateAsync(kind);
        var app = await RealtimeApplication.StartAsync(
            database, new() { Services = fault.Install, ExpectsFailures = true });
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var rooms = new[] { await bob.CreateRoomAsync(), await bob.CreateRoomAsync(), await bob.CreateRoomAsync() };
        foreach (var room in rooms)
        {
            await alice.JoinAsync(room);
        }

        await alice.CreateBackupAsync();
        fault.Room = RoomId.Parse(rooms[1]);

        await alice.DeactivateAsync();

        var before = await CountAsync(bob, rooms);
        await using var restarted = await app.RestartAsync(new());
        var after = await CountAsync(restarted.Continue(bob), rooms);
        Assert.Equal([1, 2, 1], before);
        Assert.Equal([1, 1, 1], after);
        Assert.Equal(1, fault.Calls);
        Assert.Equal(0, await CountBackupsAsync(database));
    }

    // As if the server had stopped between closing the account and all else.
    [Theory]
    [AllDatabases]
    public async Task Deactivation_Interrupted_IsFinishedByTheNextStart(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var app = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await app.RegisterAsync("alice"));
        var bob = await app.RegisterAsync("bob");
        var room = await bob.CreateRoomAsync();
        await alice.Client.JoinAsync(room);
        await alice.UploadCrossSigningKeysAsync();
        await alice.Client.CreateBackupAsync();
        await alice.Client.PostAsync("logout").ExpectAsync();
        await app.DisposeAsync();
        await database.UseAsync(context => context.Set<AccountRow>()
            .Where(row => row.UserId == UserId.Parse(alice.UserId))
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.Deactivated, true)));

        await using var restarted = await app.RestartAsync();

        bob = restarted.Continue(bob);
        Assert.Equal([1], await CountAsync(bob, room));
        Assert.Equal("{}", (await bob.QueryKeysAsync(alice.UserId))["master_keys"]!.ToJsonString());
        Assert.Equal(0, await CountBackupsAsync(database));
    }

    /// <summary>How many are joined to each of the rooms.</summary>
    private static async Task<IReadOnlyList<int>> CountAsync(MatrixClient member, params string[] rooms)
    {
        List<int> counts = [];
        foreach (var room in rooms)
        {
            var members = await member.GetAsync($"rooms/{MatrixClient.Escape(room)}/joined_members").ExpectAsync();
            counts.Add(members["joined"]!.AsObject().Count);
        }

        return counts;
    }

    private static Task<int> CountBackupsAsync(Database database) => database.UseAsync(context =>
        context.Set<Matrix.Realtime.KeyBackup.KeyBackupRow>().CountAsync(row => !row.IsDeleted));

    /// <summary>A feature that fails, before all others, and a room that takes no event.</summary>
    private sealed class Fault : IDeactivationParticipant, IRoomEventParticipant
    {
        public RoomId? Room { get; set; }

        public int Calls { get; private set; }

        public void Install(IServiceCollection services)
        {
            services.Insert(0, ServiceDescriptor.Singleton<IDeactivationParticipant>(this));
            services.AddSingleton<IRoomEventParticipant>(this);
        }

        public Task OnDeactivatedAsync(UserId userId)
        {
            Calls++;
            throw new InvalidOperationException("The test makes this fail.");
        }

        public Task<List<UserId>> FindUnfinishedAsync(
            MatrixDbContext database, IReadOnlyList<UserId> deactivated, CancellationToken cancellationToken) =>
            Task.FromResult<List<UserId>>([]);

        public ValueTask OnEventAsync(ChangeBatch batch, RoomEventChange change) =>
            change.Pdu.RoomId == Room
                ? throw new InvalidOperationException("The test makes this fail.")
                : ValueTask.CompletedTask;
    }
}
