using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.Receipts;

/// <summary>Alice and Bob in a room where Alice has written three messages.</summary>
internal sealed class ReceiptScene : IAsyncDisposable
{
    private readonly SyncGround _ground;

    private ReceiptScene(SyncGround ground) => _ground = ground;

    public RealtimeApplication Server => _ground.Server;

    public LiveProbe Live => _ground.Live;

    public MatrixClient Alice { get; private set; } = null!;

    public MatrixClient Bob { get; private set; } = null!;

    public string Room { get; private init; } = "";

    /// <summary>The messages, the oldest first.</summary>
    public IReadOnlyList<string> Events { get; private init; } = [];

    public string First => Events[0];

    public string Second => Events[1];

    public string Third => Events[2];

    public static async Task<ReceiptScene> SetAsync(DatabaseKind kind, RealtimeApplicationOptions? options = null)
    {
        var ground = await SyncGround.StartAsync(kind, options);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var room = await SyncGround.CreateSharedRoomAsync(alice, bob);
        return new ReceiptScene(ground)
        {
            Alice = alice,
            Bob = bob,
            Room = room,
            Events =
            [
                await alice.SendAsync(room, "1"),
                await alice.SendAsync(room, "2"),
                await alice.SendAsync(room, "3"),
            ],
        };
    }

    public async Task<MatrixClient> JoinAsync(string name)
    {
        var user = await Server.RegisterAsync(name);
        await user.JoinAsync(Room);
        return user;
    }

    /// <summary>What a first sync tells a user of receipts in the room.</summary>
    public async Task<List<string>> AllReceiptsAsync(MatrixClient user) => (await user.PollAsync()).Receipts(Room);

    public Task IgnoreAsync(MatrixClient user, params MatrixClient[] ignored) => user.SetAccountDataAsync(
        "m.ignored_user_list",
        new JsonObject
        {
            ["ignored_users"] = new JsonObject(
                ignored.Select(other => KeyValuePair.Create(other.UserId, (JsonNode?)new JsonObject()))),
        });

    public async Task RestartAsync()
    {
        var clients = await _ground.RestartAsync(Alice, Bob);
        (Alice, Bob) = (clients[0], clients[1]);
    }

    public ValueTask DisposeAsync() => _ground.DisposeAsync();
}
