using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.Keys;

/// <summary>
/// Whose devices a sync names, live, out of the store and by <c>/keys/changes</c>: SYN-68, SYN-69, SYN-70, TDV-7.
/// </summary>
public sealed class DeviceListTests
{
    // With a lazy loading filter, with one that wants no room, and without any.
    private static readonly string?[] Filters =
    [
        """{"room":{"state":{"lazy_load_members":true},"timeline":{"lazy_load_members":true}}}""",
        """{"room":{"rooms":[]},"presence":{"types":[]}}""",
        null,
    ];

    [Theory]
    [AllDatabases("device keys")]
    [AllDatabases("other device keys")]
    [AllDatabases("logout")]
    [AllDatabases("deletion")]
    [AllDatabases("name")]
    [AllDatabases("cross-signing keys")]
    [AllDatabases("signature")]
    public async Task Change_OfDevicesOrKeys_IsToldToRoomMatesAndOneself(DatabaseKind kind, string change)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        using var bob = new KeyHolder(await ground.RegisterAsync("bob"));
        using var phone = new KeyHolder(await ground.Server.LoginAsync("bob", "PHONE"));
        var carol = await ground.RegisterAsync("carol");
        await SyncGround.CreateSharedRoomAsync(alice, bob.Client);
        await SyncGround.CreateSharedRoomAsync(alice, carol);
        if (change != "device keys")
        {
            await phone.UploadDeviceKeysAsync();
        }

        if (change == "signature")
        {
            await bob.UploadCrossSigningKeysAsync();
        }

        var since = await alice.CatchUpAsync();
        var polls = new[] { alice, bob.Client }
            .Select(user => user.PollAsync(since, SyncAnswerExtensions.Long)).ToList();
        var other = carol.PollAsync(since, SyncAnswerExtensions.Long);
        await ground.Live.WaitForWaitsAsync(3);

        await MakeAsync();

        Assert.All(await Task.WhenAll(polls), answer => Assert.Equal([bob.UserId], answer.Changed()));
        Assert.Equal(1, ground.Live.Waiting);
        await AssertNewsAsync(ground, alice, since, [bob.UserId], []);
        await carol.SetAccountDataAsync("org.example.end", []);
        Assert.Empty((await other).Changed());

        Task MakeAsync() => change switch
        {
            "device keys" => phone.UploadDeviceKeysAsync(),
            "other device keys" => phone.UploadAsync(new JsonObject
            {
                ["device_keys"] = new KeyHolder(phone.Client).DeviceKeys,
            }),
            "logout" => phone.Client.PostAsync("logout").ExpectAsync(),
            "deletion" => DeleteAsync(bob.Client, "PHONE"),
            "name" => bob.Client.PutAsync("devices/PHONE", new JsonObject { ["display_name"] = "P" }).ExpectAsync(),
            "cross-signing keys" => bob.UploadCrossSigningKeysAsync(),
            _ => bob.SignDeviceAsync(phone),
        };
    }

    [Theory]
    [AllDatabases]
    public async Task Change_OfADeviceWithoutKeys_IsNoNews(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        await SyncGround.CreateSharedRoomAsync(alice, bob);
        var since = await alice.CatchUpAsync();

        var phone = await ground.Server.LoginAsync("bob", "PHONE");
        await bob.PutAsync("devices/PHONE", new JsonObject { ["display_name"] = "P" }).ExpectAsync();
        await phone.PostAsync("logout").ExpectAsync();

        await AssertNewsAsync(ground, alice, since, [], []);
    }

    [Theory]
    [AllDatabases]
    public async Task User_WhoComesToShareARoom_HasChanged(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var carol = await ground.RegisterAsync("carol");
        var own = await alice.CreateRoomAsync();
        var theirs = await SyncGround.CreateSharedRoomAsync(bob, carol);
        var since = await alice.CatchUpAsync();
        var poll = alice.PollAsync(since, SyncAnswerExtensions.Long, Filters[1]);
        await ground.Live.WaitForWaitsAsync(1);

        await bob.JoinAsync(own);
        var afterOther = await poll;
        await alice.JoinAsync(theirs);
        var afterOwn = await alice.PollAsync(afterOther.NextBatch());

        Assert.Equal([bob.UserId], afterOther.Changed());
        Assert.Equal([bob.UserId, carol.UserId], afterOwn.Changed());
        await AssertNewsAsync(ground, alice, since, [bob.UserId, carol.UserId], []);
    }

    [Theory]
    [AllDatabases]
    public async Task OwnDevice_ThatIsNewWhenOneJoinsARoom_IsToldWithItsMembers(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var room = await bob.CreateRoomAsync();
        var since = await alice.CatchUpAsync();

        using var phone = new KeyHolder(await ground.Server.LoginAsync("alice", "PHONE"));
        await phone.UploadDeviceKeysAsync();
        await alice.JoinAsync(room);

        await AssertNewsAsync(ground, alice, since, [alice.UserId, bob.UserId], []);
    }

    [Theory]
    [AllDatabases]
    public async Task User_WhoJoinsAFurtherSharedRoom_HasNotChanged(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        await SyncGround.CreateSharedRoomAsync(alice, bob);
        var second = await alice.CreateRoomAsync();
        var since = await alice.CatchUpAsync();

        await bob.JoinAsync(second);

        await AssertNewsAsync(ground, alice, since, [], []);
        await bob.LeaveAsync(second);
        await AssertNewsAsync(ground, alice, since, [], []);
    }

    [Theory]
    [AllDatabases]
    public async Task Members_OfARoomThatBecomesEncrypted_HaveChanged(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var carol = await ground.RegisterAsync("carol");
        var room = await SyncGround.CreateSharedRoomAsync(alice, bob, carol);
        await carol.LeaveAsync(room);
        var since = await alice.CatchUpAsync();
        JsonObject encryption = new() { ["algorithm"] = "m.megolm.v1.aes-sha2" };

        await alice.SetStateAsync(room, "m.room.encryption", encryption);
        var later = await alice.CatchUpAsync();

        await AssertNewsAsync(ground, alice, since, [bob.UserId], []);
        encryption["rotation_period_msgs"] = 10;
        await alice.SetStateAsync(room, "m.room.encryption", encryption);
        await AssertNewsAsync(ground, alice, later, [], []);
    }

    // SYN-70
    [Theory]
    [AllDatabases("leaves")]
    [AllDatabases("is kicked")]
    [AllDatabases("is left")]
    public async Task User_WhoSharesNoRoomAnyMore_HasLeft(DatabaseKind kind, string how)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        using var bob = new KeyHolder(await ground.RegisterAsync("bob"));
        var carol = await ground.RegisterAsync("carol");
        var room = await SyncGround.CreateSharedRoomAsync(alice, bob.Client, carol);
        await SyncGround.CreateSharedRoomAsync(alice, carol);
        var since = await alice.CatchUpAsync();
        var poll = alice.PollAsync(since, SyncAnswerExtensions.Long, Filters[1]);
        await ground.Live.WaitForWaitsAsync(1);

        await (how switch
        {
            "leaves" => bob.Client.LeaveAsync(room),
            "is kicked" => alice.SetMembershipAsync(room, bob.Client, "leave"),
            _ => alice.LeaveAsync(room),
        });
        var woken = await poll;
        await bob.UploadDeviceKeysAsync();

        Assert.Equal([bob.UserId], woken.Departed());
        Assert.Empty(woken.Changed());
        await AssertNewsAsync(ground, alice, since, [], [bob.UserId]);
        await AssertNewsAsync(ground, alice, woken.NextBatch(), [], []);
    }

    [Theory]
    [AllDatabases]
    public async Task User_WhoLeavesAndComesBack_HasChangedIfTheirDevicesHave(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        using var bob = new KeyHolder(await ground.RegisterAsync("bob"));
        var carol = await ground.RegisterAsync("carol");
        var room = await SyncGround.CreateSharedRoomAsync(alice, bob.Client, carol);
        var since = await alice.CatchUpAsync();

        await carol.LeaveAsync(room);
        await bob.Client.LeaveAsync(room);
        await bob.UploadDeviceKeysAsync();
        var between = await alice.PollAsync(since);
        await bob.Client.JoinAsync(room);
        await carol.JoinAsync(room);

        Assert.Equal([bob.UserId, carol.UserId], between.Departed());
        await AssertNewsAsync(ground, alice, since, [bob.UserId], []);
        await AssertNewsAsync(ground, alice, between.NextBatch(), [bob.UserId, carol.UserId], []);
    }

    [Theory]
    [AllDatabases]
    public async Task User_WhoWasOnlyThereBetweenTwoSyncs_IsNoNews(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        var since = await alice.CatchUpAsync();

        await bob.JoinAsync(room);
        await bob.LeaveAsync(room);

        await AssertNewsAsync(ground, alice, since, [], []);
    }

    [Theory]
    [AllDatabases]
    public async Task Members_WhoLeftWhileOneWasAwayOneself_HaveLeft(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var carol = await ground.RegisterAsync("carol");
        var room = await SyncGround.CreateSharedRoomAsync(alice, bob, carol);
        var since = await alice.CatchUpAsync();

        await alice.LeaveAsync(room);
        await bob.LeaveAsync(room);
        await alice.JoinAsync(room);

        // Who is there may have changed their devices meanwhile: they are named whether or not they did.
        await AssertNewsAsync(ground, alice, since, [carol.UserId], [bob.UserId]);
    }

    [Theory]
    [AllDatabases]
    public async Task Members_OfALargeRoom_AreFoundInTheStoreWhenItIsLeft(DatabaseKind kind)
    {
        const int Members = 40;
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var large = await SyncGround.CreateSharedRoomAsync(alice, bob);
        await SyncGround.CreateSharedRoomAsync(alice, bob);
        List<string> users = [.. Enumerable.Range(10, Members).Select(number => $"@user{number}:localhost")];
        var before = await alice.CatchUpAsync();
        await ground.Live.JoinAsync(large, users);
        var since = await alice.CatchUpAsync();
        ground.Live.EvictAll();

        await AssertNewsAsync(ground, alice, before, users, []);
        await alice.LeaveAsync(large);

        await AssertNewsAsync(ground, alice, since, [], users);
    }

    [Theory]
    [AllDatabases]
    public async Task Sync_AfterARestart_TellsTheSame(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        using var bob = new KeyHolder(await ground.RegisterAsync("bob"));
        var carol = await ground.RegisterAsync("carol");
        var dave = await ground.RegisterAsync("dave");
        var room = await SyncGround.CreateSharedRoomAsync(alice, bob.Client, carol);
        var since = await alice.CatchUpAsync();
        await bob.UploadDeviceKeysAsync();
        await carol.LeaveAsync(room);
        await dave.JoinAsync(room);

        alice = (await ground.RestartAsync(alice))[0];
        var answer = await alice.PollAsync(since);
        var next = await alice.PollAsync(answer.NextBatch());

        Assert.Equal([bob.UserId, dave.UserId], answer.Changed());
        Assert.Equal([carol.UserId], answer.Departed());
        Assert.Null(next["device_lists"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Changes_BetweenWhatAreNoTokens_AreRefused(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var since = await alice.CatchUpAsync();

        foreach (var (query, code) in new[]
        {
            ($"from=x&to={since}", "M_INVALID_PARAM"), ($"from={since}&to=x", "M_INVALID_PARAM"),
            ($"from={since}", "M_MISSING_PARAM"), ($"to={since}", "M_MISSING_PARAM"),
        })
        {
            await alice.GetAsync($"keys/changes?{query}").ExpectErrorAsync(HttpStatusCode.BadRequest, code);
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Sync_AfterAChangeOfOneOfManyMembers_ReadsNoDatabase(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        using var bob = new KeyHolder(await ground.RegisterAsync("bob"));
        var room = await SyncGround.CreateSharedRoomAsync(alice, bob.Client);
        await ground.Live.JoinAsync(room, Enumerable.Range(0, 100).Select(number => $"@user{number}:localhost"));
        await bob.Client.PollAsync(await bob.Client.CatchUpAsync());
        var since = (await alice.PollAsync(await alice.CatchUpAsync())).NextBatch();
        await bob.UploadDeviceKeysAsync();
        var commands = ground.Live.Commands;

        var answer = await alice.PollAsync(since);

        Assert.Equal([bob.UserId], answer.Changed());
        Assert.Equal(commands, ground.Live.Commands);
    }

    /// <summary>
    /// What is told since the token: with each filter, again, with nothing live, and by <c>/keys/changes</c>.
    /// </summary>
    private static async Task AssertNewsAsync(
        SyncGround ground, MatrixClient user, string since, IEnumerable<string> changed, IEnumerable<string> left)
    {
        JsonObject? last = null;
        for (var round = 0; round < 2; round++)
        {
            foreach (var filter in Filters)
            {
                Check(last = await user.PollAsync(since, filter: filter));
            }

            ground.Live.EvictAll();
        }

        Check(await user.GetKeyChangesAsync(since, last!.NextBatch()));

        void Check(JsonObject answer)
        {
            Assert.Equal(changed, answer.Changed());
            Assert.Equal(left, answer.Departed());
        }
    }

    private static async Task DeleteAsync(MatrixClient user, string deviceId)
    {
        JsonObject request = new() { ["devices"] = new JsonArray(deviceId) };
        var challenge = await user.PostAsync("delete_devices", request)
            .ExpectAsync(HttpStatusCode.Unauthorized);
        request["auth"] = user.PasswordAuth((string?)challenge["session"]);
        await user.PostAsync("delete_devices", request).ExpectAsync();
    }
}
