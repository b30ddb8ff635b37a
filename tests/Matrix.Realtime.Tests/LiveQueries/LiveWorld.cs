using System.Text.Json.Nodes;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.LiveQueries;

namespace Matrix.Realtime.Tests.LiveQueries;

/// <summary>Users in rooms: all of them in all, but for the last one; the second ignores the third.</summary>
internal sealed record LiveWorld(IReadOnlyList<MatrixClient> Users, IReadOnlyList<string> RoomIds, MatrixClient Crier)
{
    private const int Rooms = 8;

    public static readonly string[] Names = ["alice", "bob", "carol", "dave", "erin", "frank"];

    /// <summary>Nobody goes idle or offline or stops typing by themselves, so that the end is the end.</summary>
    public static RealtimeApplicationOptions Calm { get; } = new()
    {
        Settings = new Dictionary<string, string?>
        {
            ["Matrix:Presence:Enabled"] = "true",
            ["Matrix:Presence:IdleAfter"] = "01:00:00",
            ["Matrix:Presence:OfflineAfter"] = "00:05:00",
            ["Matrix:Typing:MaxTimeout"] = "01:00:00",
            ["Matrix:Sync:MaxTimelineLimit"] = "100000",
        },
    };

    public IReadOnlyCollection<(MatrixClient User, string Room)> Writers =>
        [.. Users.SelectMany((user, index) => RoomsOf(index).Select(room => (user, room)))];

    public static async Task<LiveWorld> CreateAsync(LiveGround ground)
    {
        var users = new List<MatrixClient>();
        foreach (var name in Names)
        {
            users.Add(await ground.RegisterAsync(name));
        }

        var rooms = new List<string>();
        for (var index = 0; index < Rooms; index++)
        {
            rooms.Add(await users[0].CreateRoomAsync(new JsonObject { ["preset"] = "public_chat" }));
        }

        var world = new LiveWorld(users, rooms, await ground.RegisterAsync("crier"));
        foreach (var (user, room) in world.Writers.Where(writer => writer.User != users[0]))
        {
            await user.JoinAsync(room);
        }

        await world.Crier.JoinAsync(rooms[0]);
        await users[1].IgnoreAsync(users[2]);
        return world;
    }

    public RoomId Room(int index) => RoomId.Parse(RoomIds[index]);

    public IReadOnlyList<ReplayScope> Scopes(StreamPosition from) =>
    [
        .. Users.Select((user, index) => new ReplayScope(new LiveQuery(), from)
        {
            UserId = UserId.Parse(user.UserId),
            Ignored = index == 1 ? [UserId.Parse(Users[2].UserId)] : [],
        }),
    ];

    /// <summary>Gives every reader something that comes after all else.</summary>
    public async Task EndAsync()
    {
        await Crier.TypeAsync(RoomIds[0]);
        await Crier.SendAsync(RoomIds[0], "over");
    }

    private IEnumerable<string> RoomsOf(int user) => user < Users.Count - 1 ? RoomIds : RoomIds.Take(Rooms / 2);
}
