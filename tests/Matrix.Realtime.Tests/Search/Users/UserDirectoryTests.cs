using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Search.Users;

/// <summary>Section 17: <c>POST /user_directory/search</c>.</summary>
public sealed class UserDirectoryTests
{
    [Theory]
    [AllDatabases]
    public async Task Search_ByWordsOfAUser_FindsWhoSharesARoom(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob.builder");
        await NameAsync(bob, "Röbert  Smith-Jones");
        await ShareRoomAsync(alice, bob);

        foreach (var term in new[]
        {
            "bob", "BUILD", "bob.builder", "builder bob", "röb", "RÖBERT", "jones", "smith röb", "bob jones",
            "@bob.builder:localhost", "@bob", "bob.builder:localhost", " @BOB.", "@bob smith", "bob: builder",
            "@bob\0", "bob\0:builder",
        })
        {
            Assert.Equal([bob.UserId], await FindAsync(alice, term));
        }

        foreach (var term in new[] { "", " ", "...", "ob", "bobby", "bob alice", "@alice", "localhost", "@", "ert" })
        {
            Assert.Empty(await FindAsync(alice, term));
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Search_ForWhoIsNotInSight_FindsNobody(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var eve = await app.RegisterAsync("eve");
        var room = await alice.CreateRoomAsync(new JsonObject { ["preset"] = "private_chat" });
        await eve.CreateRoomAsync(new JsonObject { ["preset"] = "private_chat" });

        await alice.InviteAsync(room, bob);
        Assert.Empty(await FindAsync(alice, "bob"));
        Assert.Empty(await FindAsync(bob, "alice"));
        Assert.Empty(await FindAsync(eve, "alice"));
        Assert.Empty(await FindAsync(alice, "alice"));

        await bob.JoinAsync(room);
        Assert.Equal([bob.UserId], await FindAsync(alice, "bob"));
        Assert.Equal([alice.UserId], await FindAsync(bob, "alice"));

        await bob.LeaveAsync(room);
        Assert.Empty(await FindAsync(alice, "bob"));
        Assert.Empty(await FindAsync(bob, "alice"));
    }

    [Theory]
    [AllDatabases]
    public async Task Search_ForMembersOfOpenRooms_FindsThemWhileItIsOpen(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var eve = await app.RegisterAsync("eve");
        var room = await alice.CreateRoomAsync(new JsonObject { ["preset"] = "public_chat" });
        Assert.Equal([alice.UserId], await FindAsync(eve, "alice"));

        await alice.SetStateAsync(room, "m.room.join_rules", new JsonObject { ["join_rule"] = "invite" });
        Assert.Empty(await FindAsync(eve, "alice"));

        await SetVisibilityAsync("world_readable");
        await using var again = await app.RestartAsync();
        Assert.Equal([alice.UserId], await FindAsync(again.Continue(eve), "alice"));

        alice = again.Continue(alice);
        await SetVisibilityAsync("shared");
        Assert.Empty(await FindAsync(again.Continue(eve), "alice"));

        Task SetVisibilityAsync(string visibility) => alice.SetStateAsync(
            room, "m.room.history_visibility", new JsonObject { ["history_visibility"] = visibility });
    }

    [Theory]
    [AllDatabases]
    public async Task Search_AfterNameChangedOrAccountClosed_FollowsThat(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        await ShareRoomAsync(alice, bob);

        await NameAsync(bob, "Old bob");
        Assert.Equal([bob.UserId], await FindAsync(alice, "old"));
        await NameAsync(bob, "New");
        Assert.Empty(await FindAsync(alice, "old"));
        Assert.Equal([bob.UserId], await FindAsync(alice, "new"));
        Assert.Equal([bob.UserId], await FindAsync(alice, "bob"));

        var path = $"profile/{MatrixClient.Escape(bob.UserId)}/displayname";
        await bob.DeleteAsync(path).ExpectAsync();
        Assert.Empty(await FindAsync(alice, "new"));

        await bob.DeactivateAsync();
        Assert.Empty(await FindAsync(alice, "bob"));
    }

    [Theory]
    [AllDatabases]
    public async Task Results_WithAndWithoutProfile_SayWhatThereIs(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var sam = await app.RegisterAsync("sam");
        var samuel = await app.RegisterAsync("samuel");
        await NameAsync(samuel, "Samuel Sam");
        await samuel.PutAsync(
            $"profile/{MatrixClient.Escape(samuel.UserId)}/avatar_url",
            new JsonObject { ["avatar_url"] = "mxc://localhost/sam" }).ExpectAsync();
        var samson = await app.RegisterAsync("samson");
        await ShareRoomAsync(alice, sam, samuel, samson);

        var answer = await SearchAsync(alice, "sam").ExpectAsync();

        Assert.Equal(
            """
            {"results":[{"user_id":"@sam:localhost"},{"user_id":"@samuel:localhost","display_name":"Samuel Sam","avatar_url":"mxc://localhost/sam"},{"user_id":"@samson:localhost"}],"limited":false}
            """,
            answer.ToJsonString());
    }

    [Theory]
    [AllDatabases]
    public async Task Results_MoreThanTheLimit_AreLimited(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var others = await Task.WhenAll(Enumerable.Range(0, 11).Select(number => app.RegisterAsync($"user{number:00}")));
        await ShareRoomAsync(alice, others);

        await CheckAsync(limit: null, expected: 10, limited: true);
        await CheckAsync(limit: 3, expected: 3, limited: true);
        await CheckAsync(limit: 11, expected: 11, limited: false);
        await CheckAsync(limit: 0, expected: 0, limited: true);

        async Task CheckAsync(int? limit, int expected, bool limited)
        {
            var answer = await SearchAsync(alice, "user", limit).ExpectAsync();
            Assert.Equal(
                others.Select(other => other.UserId).Take(expected),
                answer["results"]!.AsArray().Select(user => (string)user!["user_id"]!));
            Assert.Equal(limited, (bool)answer["limited"]!);
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Search_Malformed_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");

        await SearchAsync(alice, "bob", limit: -1).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        await alice.PostAsync("user_directory/search", new JsonObject())
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        await SearchAsync(app.Anonymous, "bob").ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
    }

    private static async Task ShareRoomAsync(MatrixClient alice, params MatrixClient[] others)
    {
        var room = await alice.CreateRoomAsync(new JsonObject { ["preset"] = "private_chat" });
        foreach (var other in others)
        {
            await alice.InviteAsync(room, other);
            await other.JoinAsync(room);
        }
    }

    private static Task NameAsync(MatrixClient user, string name) => user.PutAsync(
        $"profile/{MatrixClient.Escape(user.UserId)}/displayname", new JsonObject { ["displayname"] = name }).ExpectAsync();

    private static async Task<List<string>> FindAsync(MatrixClient user, string term)
    {
        var answer = await SearchAsync(user, term).ExpectAsync();
        return [.. answer["results"]!.AsArray().Select(found => (string)found!["user_id"]!)];
    }

    private static Task<MatrixResponse> SearchAsync(MatrixClient user, string term, int? limit = null)
    {
        var request = new JsonObject { ["search_term"] = term };
        if (limit is not null)
        {
            request["limit"] = limit;
        }

        return user.PostAsync("user_directory/search", request);
    }
}
