using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Receipts;
using Matrix.Realtime.Tests.Rooms;
using Matrix.Realtime.Tests.Sync;
using static Matrix.Realtime.Tests.Receipts.ReceiptRequests;

namespace Matrix.Realtime.Tests.ReadMarkers;

/// <summary>The three markers of one request, and the marker among them: RDM-1 to RDM-12, RDM-14, RDM-15, RCP-6.</summary>
public sealed class ReadMarkerTests
{
    [Theory, AllDatabases]
    public async Task Markers_OfOneRequest_AreSetAtOnce(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var phone = await scene.Server.LoginAsync("bob");
        var (alice, bob) = (await scene.Alice.CatchUpAsync(), await phone.CatchUpAsync());
        var poll = phone.PollAsync(bob, SyncAnswerExtensions.Long);
        await scene.Live.WaitForPollsAsync(phone);

        await scene.Bob.SetMarkersAsync(scene.Room, new()
        {
            [FullyRead] = scene.First,
            [Public] = scene.Second,
            [Private] = scene.Third,
            ["org.example.unknown"] = 1,
        });

        var answer = await poll;
        string[] receipts = [Line(scene.Bob, scene.Second), Line(scene.Bob, scene.Third, type: Private)];
        Assert.Equal(receipts.Order(StringComparer.Ordinal), answer.Receipts(scene.Room));
        Assert.Equal(
            new JsonObject { ["event_id"] = scene.First }.ToJsonString(),
            answer.Joined(scene.Room).AccountData(FullyRead)!.ToJsonString());
        var alices = await scene.Alice.PollAsync(alice);
        Assert.Equal([Line(scene.Bob, scene.Second)], alices.Receipts(scene.Room));
        Assert.DoesNotContain(FullyRead, alices.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(scene.First, await scene.Bob.MarkerAsync(scene.Room));
    }

    [Theory, AllDatabases]
    public async Task Body_Empty_ChangesNothing(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var since = await scene.Bob.CatchUpAsync();

        await scene.Bob.SetMarkersAsync(scene.Room, []);
        Assert.Equal("{}", (await scene.Bob.PostAsync($"rooms/{MatrixClient.Escape(scene.Room)}/read_markers")).Text);
        await scene.Bob.SetMarkersAsync(scene.Room, new() { ["allow_backward"] = false, ["other"] = "$x" });

        Assert.Equal(since, (await scene.Bob.PollAsync(since)).NextBatch());
        await scene.Bob.GetAsync(scene.Bob.AccountDataPath(FullyRead, scene.Room))
            .ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
    }

    [Theory, AllDatabases]
    public async Task Key_ThatIsStale_DoesNotHoldUpTheOthers(DatabaseKind kind)
    {
        string[] keys = [FullyRead, Public, Private];
        await using var scene = await ReceiptScene.SetAsync(kind);
        foreach (var stale in keys)
        {
            var before = await scene.Alice.SendAsync(scene.Room, "before");
            var after = await scene.Alice.SendAsync(scene.Room, "after");
            await scene.Bob.SetMarkersAsync(scene.Room, new() { [stale] = after });

            var body = new JsonObject(keys.Select(
                key => KeyValuePair.Create(key, (JsonNode?)(key == stale ? before : after))));
            await scene.Bob.SetMarkersAsync(scene.Room, body);

            Assert.Equal(after, await scene.Bob.MarkerAsync(scene.Room));
            string[] expected = [Line(scene.Bob, after), Line(scene.Bob, after, type: Private)];
            Assert.Equal(expected, await scene.AllReceiptsAsync(scene.Bob));
        }
    }

    [Theory, AllDatabases]
    public async Task Receipts_SetHere_AreUnthreaded(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        await scene.Bob.SetMarkersAsync(scene.Room, new() { [Public] = scene.Second, ["thread_id"] = "main" });

        Assert.Equal([Line(scene.Bob, scene.Second)], await scene.AllReceiptsAsync(scene.Alice));
        await scene.Bob.ReadAsync(scene.Room, scene.First);
        Assert.Equal([Line(scene.Bob, scene.Second)], await scene.AllReceiptsAsync(scene.Alice));
    }

    [Theory, AllDatabases]
    public async Task Request_ThatIsWrong_StoresNothing(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var carol = await scene.Server.RegisterAsync("carol");
        var foreign = await carol.SendAsync(await carol.CreateRoomAsync(), "elsewhere");
        foreach (var key in new[] { FullyRead, Public, Private })
        {
            foreach (var missing in new[] { "$unknown", foreign })
            {
                JsonObject body = new() { [FullyRead] = scene.First, [Public] = scene.First, [Private] = scene.First };
                body[key] = missing;
                await PostAsync(scene.Bob, body).ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
            }

            foreach (var wrong in new JsonNode[] { 1, true, new JsonObject(), new JsonArray(scene.First), "nonsense" })
            {
                await PostAsync(scene.Bob, new() { [key] = wrong })
                    .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
            }

            await PostAsync(carol, new() { [key] = scene.First }).ExpectForbiddenAsync();
        }

        await PostAsync(carol, []).ExpectForbiddenAsync();
        await PostAsync(scene.Server.Anonymous, []).ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
        Assert.Empty(await scene.AllReceiptsAsync(scene.Bob));
        await scene.Bob.GetAsync(scene.Bob.AccountDataPath(FullyRead, scene.Room))
            .ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");

        Task<MatrixResponse> PostAsync(MatrixClient user, JsonObject body) =>
            user.PostInRoomAsync(scene.Room, "read_markers", body);
    }

    [Theory, AllDatabases]
    public async Task Marker_SetTwice_IsTheNewerOneInEverySync(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        await scene.Bob.SetMarkersAsync(scene.Room, new() { [FullyRead] = scene.First });
        var since = await scene.Bob.CatchUpAsync();
        await scene.Bob.SetMarkersAsync(scene.Room, new() { [FullyRead] = scene.Second });

        foreach (var answer in new[] { await scene.Bob.PollAsync(since), await scene.Bob.PollAsync() })
        {
            Assert.Equal(scene.Second, MarkerIn(answer, scene.Room));
            Assert.Empty(answer.Receipts(scene.Room));
        }

        const string Without = """{"room":{"account_data":{"not_types":["m.fully_read"]}}}""";
        Assert.Null(MarkerIn(await scene.Bob.PollAsync(since, filter: Without), scene.Room));
    }

    [Theory, AllDatabases]
    public async Task Marker_RepeatedOrOlder_ChangesNothing(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        await scene.Bob.SetMarkersAsync(scene.Room, new() { [FullyRead] = scene.Second });
        for (var round = 0; round < 2; round++)
        {
            var since = await scene.Bob.CatchUpAsync();
            await scene.Bob.SetMarkersAsync(scene.Room, new() { [FullyRead] = scene.Second });
            await scene.Bob.SetMarkersAsync(scene.Room, new() { [FullyRead] = scene.First });
            await scene.Bob.PostReceiptAsync(scene.Room, scene.First, FullyRead).ExpectAsync();

            Assert.Equal(since, (await scene.Bob.PollAsync(since)).NextBatch());
            Assert.Equal(scene.Second, await scene.Bob.MarkerAsync(scene.Room));

            // The marker's event is forgotten, and then looked for in the database.
            for (var i = 0; i < 70; i++)
            {
                await scene.Alice.SendAsync(scene.Room, "filler");
            }
        }
    }

    [Theory, AllDatabases]
    public async Task Marker_ByTheReceiptEndpoint_IsTheSame(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var (alice, bob) = (await scene.Alice.CatchUpAsync(), await scene.Bob.CatchUpAsync());

        await scene.Bob.ReadAsync(scene.Room, scene.Third, type: FullyRead);

        var answer = await scene.Bob.PollAsync(bob);
        Assert.Equal(scene.Third, MarkerIn(answer, scene.Room));
        Assert.Empty(answer.Receipts(scene.Room));
        Assert.True((await scene.Alice.PollAsync(alice)).IsQuiet());
        Assert.Empty(await scene.AllReceiptsAsync(scene.Bob));
    }

    [Theory, AllDatabases]
    public async Task Receipts_SetNoMarker(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);

        await scene.Bob.ReadAsync(scene.Room, scene.Second);
        await scene.Bob.ReadAsync(scene.Room, scene.Second, "main");
        await scene.Bob.SetMarkersAsync(scene.Room, new() { [Public] = scene.Third, [Private] = scene.Third });

        Assert.Null(MarkerIn(await scene.Bob.PollAsync(), scene.Room));
        await scene.Bob.GetAsync(scene.Bob.AccountDataPath(FullyRead, scene.Room))
            .ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
    }

    [Theory, AllDatabases]
    public async Task Markers_LeaveRoomsMarkedAsUnread(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        JsonObject unread = new() { ["unread"] = true };
        await scene.Bob.SetAccountDataAsync("m.marked_unread", unread, scene.Room);

        await scene.Bob.SetMarkersAsync(scene.Room, new()
        {
            [FullyRead] = scene.Third,
            [Public] = scene.Third,
            [Private] = scene.Third,
        });

        var room = (await scene.Bob.PollAsync()).Joined(scene.Room);
        Assert.Equal(unread.ToJsonString(), room.AccountData("m.marked_unread")!.ToJsonString());
    }

    [Theory, AllDatabases]
    public async Task Marker_WrittenAsAccountData_IsRefused(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        JsonObject content = new() { ["event_id"] = scene.First };

        foreach (var room in new[] { scene.Room, null })
        {
            await scene.Bob.PutAsync(scene.Bob.AccountDataPath(FullyRead, room), content)
                .ExpectErrorAsync(HttpStatusCode.MethodNotAllowed, "M_BAD_JSON");
        }
    }

    [Theory]
    [AllDatabases("allow_backward")]
    [AllDatabases("com.beeper.allow_backward")]
    public async Task Marker_AllowedToGoBack_GoesBack(DatabaseKind kind, string allow)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        await scene.Bob.SetMarkersAsync(
            scene.Room, new() { [FullyRead] = scene.Third, [Public] = scene.Third, [Private] = scene.Third });
        var since = await scene.Bob.CatchUpAsync();

        await scene.Bob.SetMarkersAsync(
            scene.Room,
            new() { [FullyRead] = scene.Second, [Public] = scene.First, [Private] = scene.First, [allow] = true });
        var answer = await scene.Bob.PollAsync(since);
        Assert.Equal(scene.Second, MarkerIn(answer, scene.Room));
        Assert.Empty(answer.Receipts(scene.Room));
        await scene.Bob.PostReceiptAsync(scene.Room, scene.First, FullyRead, new() { [allow] = true }).ExpectAsync();
        Assert.Equal(scene.First, await scene.Bob.MarkerAsync(scene.Room));

        foreach (var type in new[] { Public, Private })
        {
            await scene.Bob.PostReceiptAsync(scene.Room, scene.First, type, new() { [allow] = true })
                .ExpectInvalidParamAsync();
            await scene.Bob.PostInRoomAsync(scene.Room, "read_markers", new() { [type] = scene.First, [allow] = true })
                .ExpectInvalidParamAsync();
        }

        await scene.Bob.PostReceiptAsync(scene.Room, scene.Second, FullyRead, new() { [allow] = "yes" })
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
    }

    [Theory, AllDatabases]
    public async Task Markers_OfTwoDevicesAtOnce_EndAtTheFurthest(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var phone = await scene.Server.LoginAsync("bob");
        var random = new Random(11);
        await Task.WhenAll(Enumerable.Range(0, 24)
            .Select(index => scene.Events[random.Next(3)])
            .Append(scene.Third)
            .OrderBy(_ => random.Next())
            .Select((eventId, index) => Task.Run(() => (index % 2 == 0 ? scene.Bob : phone).SetMarkersAsync(
                scene.Room, new() { [FullyRead] = eventId, [Public] = eventId }))));

        Assert.Equal(scene.Third, await scene.Bob.MarkerAsync(scene.Room));
        Assert.Equal([Line(scene.Bob, scene.Third)], await scene.AllReceiptsAsync(scene.Alice));
    }

    private static string? MarkerIn(JsonObject answer, string room) =>
        (string?)answer.Joined(room).AccountData(FullyRead)?["event_id"];
}
