using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>Users who do what chance tells them; the server may refuse any of it, but not fail.</summary>
internal sealed class RandomWorld(Random random, IReadOnlyList<MatrixClient> users)
{
    private const int MaxRooms = 4;

    private static readonly string[] Visibilities = ["shared", "joined", "invited"];
    private static readonly string[] StateTypes = ["m.room.name", "m.room.topic", "org.example.one", "org.example.two"];

    private readonly List<(string RoomId, MatrixClient Owner)> _rooms = [];
    private int _number;

    public async Task StepAsync()
    {
        var user = Pick(users);
        if (_rooms.Count == 0 || (_rooms.Count < MaxRooms && random.Next(8) == 0))
        {
            _rooms.Add((await CreateRoomAsync(user), user));
            return;
        }

        var (roomId, owner) = Pick(_rooms);
        var other = Pick(users);
        var path = $"rooms/{MatrixClient.Escape(roomId)}";
        var step = random.Next(100);
        await (step switch
        {
            < 15 => AllowAsync(user.PostAsync($"{path}/join", new JsonObject())),
            < 22 => AllowAsync(user.PostAsync($"{path}/leave", new JsonObject())),
            < 30 => AllowAsync(user.PostAsync($"{path}/invite", new JsonObject { ["user_id"] = other.UserId })),
            < 34 => AllowAsync(SetMembershipAsync(path, owner, other, "leave")),
            < 36 => AllowAsync(SetMembershipAsync(path, owner, other, "ban")),
            < 56 => SendAsync(path, user, 1),
            < 59 => SendAsync(path, user, 8),
            < 60 => SendAsync(path, user, 70),
            < 75 => AllowAsync(user.PutAsync($"{path}/state/{Pick(StateTypes)}/", Numbered("name"))),
            < 87 => AllowAsync(user.PutAsync($"{path}/typing/{user.UserId}", new JsonObject
            {
                ["typing"] = random.Next(3) > 0,
                ["timeout"] = 120_000,
            })),
            < 93 => SetAccountDataAsync(user, null),
            _ => SetAccountDataAsync(user, roomId),
        });
    }

    private Task SetAccountDataAsync(MatrixClient user, string? roomId)
    {
        var path = user.AccountDataPath($"org.example.{random.Next(3)}", roomId);
        return AllowAsync(random.Next(4) == 0 ? user.DeleteAsync(path) : user.PutAsync(path, Numbered("n")));
    }

    private Task<string> CreateRoomAsync(MatrixClient owner) => owner.CreateRoomAsync(new JsonObject
    {
        ["preset"] = "public_chat",
        ["power_level_content_override"] = new JsonObject { ["state_default"] = 0 },
        ["initial_state"] = new JsonArray(new JsonObject
        {
            ["type"] = "m.room.history_visibility",
            ["content"] = new JsonObject { ["history_visibility"] = Pick(Visibilities) },
        }),
    });

    private static Task<MatrixResponse> SetMembershipAsync(
        string path, MatrixClient owner, MatrixClient other, string membership) =>
        owner.PutAsync($"{path}/state/m.room.member/{other.UserId}", new JsonObject { ["membership"] = membership });

    private async Task SendAsync(string path, MatrixClient user, int count)
    {
        for (var sent = 0; sent < count; sent++)
        {
            await AllowAsync(user.PutAsync($"{path}/send/m.room.message/n{_number}", Numbered("body")));
        }
    }

    private JsonObject Numbered(string key) => new() { [key] = $"{++_number}" };

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private static async Task AllowAsync(Task<MatrixResponse> request)
    {
        var response = await request;
        Assert.True((int)response.Status < 500, response.Text);
    }
}
