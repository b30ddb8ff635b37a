using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.ToDevice;

namespace Matrix.Realtime.Tests.Sync.Streaming;

/// <summary>What a stream tells.</summary>
public sealed class SyncStreamTests
{
    [Theory]
    [AllDatabases]
    public async Task Stream_Opened_TellsEverythingAndThenWhatChanges(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var room = await SyncGround.CreateSharedRoomAsync(alice, bob);
        await bob.SendAsync(room, "before");

        using var stream = await LiveStream.OpenAsync(alice);
        var first = await stream.NextAsync();
        await bob.TypeAsync(room);
        var typing = await stream.NextAsync();
        await bob.SendAsync(room, "after");
        var texts = await stream.ReadTextsAsync(room, 1);

        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType!.ToString());
        Assert.True(stream.Response.Headers.CacheControl is { NoCache: true, NoStore: true });
        Assert.Equal("*", stream.Response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("1000", stream.Retry);
        Assert.Equal(["before"], first.Joined(room).Texts());
        Assert.NotNull(first.AccountData("m.push_rules"));
        Assert.Equal($$"""{"user_ids":["{{bob.UserId}}"]}""", typing.Joined(room).Ephemeral().Single()["content"]!.ToJsonString());
        Assert.Equal(["after"], texts);
    }

    [Theory]
    [AllDatabases]
    public async Task Stream_ResumedAtLastEventId_LosesAndRepeatsNothing(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var room = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var since = await alice.CatchUpAsync();
        List<string> texts = [];
        string? lastEventId = null;
        for (var round = 0; round < 3; round++)
        {
            // What the address said at first counts no more when the client comes back.
            using var stream = await LiveStream.OpenAsync(alice, $"?since={since}", lastEventId);
            await bob.SendAsync(room, $"a{round}");
            texts.AddRange(await stream.ReadTextsAsync(room, round == 0 ? 1 : 2));
            lastEventId = stream.LastEventId;
            stream.Dispose();
            await bob.SendAsync(room, $"b{round}");
        }

        Assert.Equal(["a0", "b0", "a1", "b1", "a2"], texts);
    }

    [Theory]
    [AllDatabases]
    public async Task Stream_FullState_TellsItOnce(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var since = await alice.CatchUpAsync();

        using var stream = await LiveStream.OpenAsync(alice, $"?since={since}&full_state=true");
        var full = await stream.NextAsync();
        await alice.SendAsync(room, "next");
        var next = await stream.NextAsync();
        using var resumed = await LiveStream.OpenAsync(alice, "?full_state=true", full.NextBatch());
        var again = await resumed.NextAsync();

        Assert.Contains("m.room.create", full.Joined(room).State().Types());
        Assert.Empty(next.Joined(room).State());
        Assert.Empty(again.Joined(room).State());
    }

    [Theory]
    [AllDatabases]
    public async Task Stream_Filter_DecidesWhatIsTold(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var room = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var filter = new JsonObject
        {
            ["room"] = new JsonObject { ["ephemeral"] = new JsonObject { ["types"] = new JsonArray() } },
        };
        var path = $"user/{MatrixClient.Escape(alice.UserId)}/filter";
        var named = (string)(await alice.PostAsync(path, filter).ExpectAsync())["filter_id"]!;
        var since = await alice.CatchUpAsync();

        foreach (var value in (string[])[filter.ToJsonString(), named])
        {
            using var stream = await LiveStream.OpenAsync(alice, $"?since={since}&filter={MatrixClient.Escape(value)}");
            await ground.Live.WaitForPollsAsync(alice);
            await bob.TypeAsync(room);
            await bob.SendAsync(room, "hello");
            var told = await stream.NextAsync();

            Assert.Equal(["hello"], told.Joined(room).Texts());
            Assert.Empty(told.Joined(room).Ephemeral());
            since = told.NextBatch();
            stream.Dispose();
            await ground.Live.WaitForPollsAsync(alice, 0);
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Stream_StateAfter_IsSpelledAsAskedFor(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();

        using var stream = await LiveStream.OpenAsync(alice, "?org.matrix.msc4222.use_state_after=true");

        Assert.NotNull((await stream.NextAsync()).Joined(room)!["org.matrix.msc4222.state_after"]);
    }

    // The stream is a line for each field; what clients store may have line breaks between its tokens.
    [Theory]
    [AllDatabases]
    public async Task Stream_AccountDataWithLineBreaks_IsOneEvent(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        using var stream = await LiveStream.OpenAsync(alice, $"?since={await alice.CatchUpAsync()}");

        var content = MatrixClient.JsonContent("{\r\n  \"text\":\n\"one\\ntwo\",\r\"n\": 1\n}\n");
        var stored = await alice.SendAsync(HttpMethod.Put, alice.AccountDataPath("org.example.lines"), content);
        var told = (await stream.NextAsync()).AccountData("org.example.lines")!;

        stored.Expect(HttpStatusCode.OK);
        Assert.Equal("one\ntwo", (string?)told["text"]);
        Assert.Equal(1, (int)told["n"]!);
    }

    // RCP-27, ACD-9
    [Theory]
    [AllDatabases]
    public async Task Stream_OfAnother_TellsNothingPrivate(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var room = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var message = await bob.SendAsync(room, "hello");
        using var ofAlice = await LiveStream.OpenAsync(alice, $"?since={await alice.CatchUpAsync()}");
        using var ofBob = await LiveStream.OpenAsync(bob, $"?since={await bob.CatchUpAsync()}");

        var path = $"rooms/{MatrixClient.Escape(room)}/receipt/m.read.private/{MatrixClient.Escape(message)}";
        await alice.PostAsync(path, new JsonObject()).ExpectAsync();
        await alice.SetAccountDataAsync("org.example.secret", new JsonObject { ["n"] = 1 });
        await alice.SetAccountDataAsync("org.example.secret", new JsonObject { ["n"] = 1 }, room);
        await alice.SendAsync(room, "end");
        var told = await ofBob.ReadThroughAsync(room, "end");
        var all = await ofAlice.ReadThroughAsync(room, "end");

        Assert.DoesNotContain("m.read.private", told);
        Assert.DoesNotContain("org.example.secret", told);
        Assert.Contains("m.read.private", all);
        Assert.Contains("org.example.secret", all);
    }

    // SYN-66: what a stream has told is not known to have arrived until the client says so.
    [Theory]
    [AllDatabases]
    public async Task Stream_MessagesToTheDevice_StayUntilTheClientComesBackWithALaterId(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var since = await alice.CatchUpAsync();
        await bob.SendToDeviceAsync(alice, "one");

        using var stream = await LiveStream.OpenAsync(alice, $"?since={since}");
        var first = await stream.NextAsync();
        await bob.SendToDeviceAsync(alice, "two");
        var second = await stream.NextAsync();
        using var again = await LiveStream.OpenAsync(alice, $"?since={since}");
        var repeated = await again.NextAsync();
        using var resumed = await LiveStream.OpenAsync(alice, lastEventId: repeated.NextBatch());
        await alice.SettleAsync();
        var left = await alice.PollAsync();

        Assert.Equal(["one"], first.ToDeviceTexts());
        Assert.Equal(["two"], second.ToDeviceTexts());
        Assert.Equal(["one", "two"], repeated.ToDeviceTexts());
        Assert.Empty(left.ToDeviceTexts());
    }

    // A client that reads nothing holds nobody up, and has all of it in the end.
    [Theory]
    [AllDatabases]
    public async Task Stream_StalledReader_MissesNothing(DatabaseKind kind)
    {
        const int Count = 300;
        await using var ground = await SyncGround.StartAsync(kind);
        var (alice, bob) = (await ground.RegisterAsync("alice"), await ground.RegisterAsync("bob"));
        var room = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var filter = MatrixClient.Escape("""{"room":{"timeline":{"limit":1000}}}""");
        using var stream = await LiveStream.OpenAsync(alice, $"?since={await alice.CatchUpAsync()}&filter={filter}");

        for (var i = 0; i < Count; i++)
        {
            await bob.SendAsync(room, $"{i} {new string('x', 2000)}");
        }

        var texts = await stream.ReadTextsAsync(room, Count);

        Assert.Equal(Enumerable.Range(0, Count), texts.Select(text => int.Parse(text.Split(' ')[0])));
    }
}
