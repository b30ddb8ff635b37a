using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Reading;

/// <summary>Who sees which event under each history visibility; SYN-31.</summary>
public sealed class HistoryVisibilityTests
{
    /// <summary>
    /// What a user sees of one event under each of their memberships, named by these: once after they left, and once at
    /// the end, when they are banned.
    /// </summary>
    private static readonly Dictionary<string, (string[] WhileLeft, string[] AtLast)> Seen = new()
    {
        ["world_readable"] = (
            ["stranger", "invited", "joined", "left"],
            ["stranger", "invited", "joined", "left", "invited again", "joined again", "banned"]),
        ["shared"] = (
            ["stranger", "invited", "joined"],
            ["stranger", "invited", "joined", "left", "invited again", "joined again"]),
        ["invited"] = (["invited", "joined"], ["invited", "joined", "invited again", "joined again"]),
        ["joined"] = (["joined"], ["joined", "joined again"]),
    };

    [Theory]
    [AllDatabases("world_readable")]
    [AllDatabases("shared")]
    [AllDatabases("invited")]
    [AllDatabases("joined")]
    public async Task Events_UnderEachMembership_AreSeenAsTheVisibilitySays(DatabaseKind kind, string visibility)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var eve = await app.RegisterAsync("eve");
        var room = await alice.CreateRoomAsync(RoomWith(visibility));
        var sent = new Dictionary<string, string>();

        await SendAsync("stranger");
        await alice.InviteAsync(room, bob);
        await SendAsync("invited");
        await bob.JoinAsync(room);
        await SendAsync("joined");
        await bob.LeaveAsync(room);
        await SendAsync("left");

        var (whileLeft, atLast) = Seen[visibility];
        await CheckAsync(bob, whileLeft);

        await alice.InviteAsync(room, bob);
        await SendAsync("invited again");
        await bob.JoinAsync(room);
        await SendAsync("joined again");
        await alice.PostInRoomAsync(room, "ban", new JsonObject { ["user_id"] = bob.UserId }).ExpectAsync();
        await SendAsync("banned");

        await CheckAsync(bob, atLast);
        await CheckStrangerAsync();
        await using var again = await app.RestartAsync();
        await CheckAsync(again.WithToken(bob.AccessToken), atLast);

        async Task SendAsync(string name) => sent[name] = await alice.SendAsync(room, name);

        async Task CheckAsync(MatrixClient reader, string[] seen)
        {
            Assert.Equal(seen, (await reader.HistoryAsync(room)).Bodies());
            Assert.Equal(seen, (await reader.HistoryAsync(room, "b", 2)).Bodies());
            foreach (var (name, eventId) in sent)
            {
                var answer = await reader.GetInRoomAsync(room, $"event/{MatrixClient.Escape(eventId)}");
                Assert.True(
                    answer.Status == (seen.Contains(name) ? HttpStatusCode.OK : HttpStatusCode.NotFound),
                    $"{visibility}, {name}: {answer.Text}");
            }
        }

        async Task CheckStrangerAsync()
        {
            if (visibility == "world_readable")
            {
                await CheckAsync(eve, atLast);
                return;
            }

            string[] paths = ["messages?dir=b", "state", "members", "state/m.room.create"];
            foreach (var path in paths)
            {
                await eve.GetInRoomAsync(room, path).ExpectForbiddenAsync();
            }

            await eve.GetInRoomAsync(room, $"event/{sent["joined"]}")
                .ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        }
    }

    [Theory]
    [AllDatabases]
    public async Task State_ForAUserWhoLeft_IsAsTheyLeftIt(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var carol = await app.RegisterAsync("carol");
        var room = await alice.CreateRoomAsync(new JsonObject { ["preset"] = "public_chat", ["name"] = "Old" });
        await bob.JoinAsync(room);
        await bob.LeaveAsync(room);
        await alice.SetStateAsync(room, "m.room.name", new JsonObject { ["name"] = "New" });
        await carol.JoinAsync(room);
        await CheckAsync(bob);

        // More than live rooms hold of their history.
        await Task.WhenAll(Enumerable.Range(0, 70).Select(number => alice.SendAsync(room, $"m{number}")));
        await CheckAsync(bob);
        await using var again = await app.RestartAsync();
        await CheckAsync(again.WithToken(bob.AccessToken));

        async Task CheckAsync(MatrixClient reader)
        {
            Assert.Equal("Old", (string?)(await reader.StateAsync(room, "m.room.name"))["name"]);
            var state = (await reader.GetInRoomAsync(room, "state")).Text;
            Assert.Contains("Old", state, StringComparison.Ordinal);
            Assert.DoesNotContain("New", state, StringComparison.Ordinal);
            var members = (await reader.GetInRoomAsync(room, "members").ExpectAsync())["chunk"]!.AsArray();
            Assert.Equal(2, members.Count);
            await reader.GetInRoomAsync(room, "joined_members").ExpectForbiddenAsync();
        }
    }

    [Theory]
    [AllDatabases]
    public async Task ChangeOfVisibility_IsSeenIfEitherSideAllows(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        var closing = await ChangeAsync("joined");
        var hidden = await ChangeAsync("invited");
        var opening = await ChangeAsync("shared");
        await bob.JoinAsync(room);

        await bob.EventAsync(room, closing);
        await bob.GetInRoomAsync(room, $"event/{hidden}").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await bob.EventAsync(room, opening);

        Task<string> ChangeAsync(string visibility) => alice.SetStateAsync(
            room, "m.room.history_visibility", new JsonObject { ["history_visibility"] = visibility });
    }

    private static JsonObject RoomWith(string visibility) => new()
    {
        ["preset"] = "public_chat",
        ["initial_state"] = new JsonArray(new JsonObject
        {
            ["type"] = "m.room.history_visibility",
            ["content"] = new JsonObject { ["history_visibility"] = visibility },
        }),
    };
}
