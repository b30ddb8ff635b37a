using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.AccountData;

public sealed class TagTests
{
    private const string Favourite = "m.favourite";

    // ACD-13, ACD-14, ACD-16, SYN-63
    [Theory]
    [AllDatabases]
    public async Task Tags_SetAndRemoved_AreToldAsTheWholeMap(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var phone = await ground.Server.LoginAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var since = await phone.CatchUpAsync();
        Assert.Equal("""{"tags":{}}""", (await alice.GetAsync(alice.TagPath(roomId))).Text);

        var (favourite, work) = (alice.TagPath(roomId, Favourite), alice.TagPath(roomId, "u.Work/é%"));
        string[] told =
        [
            await TellAsync(alice.PutAsync(favourite, new JsonObject { ["order"] = 0.25, ["x"] = "y" })),
            await TellAsync(alice.PutAsync(work, new JsonObject())),
            await TellAsync(alice.DeleteAsync(favourite)),
            await TellAsync(alice.DeleteAsync(work)),
        ];

        Assert.Equal(
            [
                """{"tags":{"m.favourite":{"order":0.25,"x":"y"}}}""",
                """{"tags":{"m.favourite":{"order":0.25,"x":"y"},"u.Work/é%":{}}}""",
                """{"tags":{"u.Work/é%":{}}}""",
                """{"tags":{}}""",
            ],
            told);
        Assert.Equal("""{"tags":{}}""", (await phone.PollAsync()).Joined(roomId).AccountData("m.tag")!.ToJsonString());

        async Task<string> TellAsync(Task<MatrixResponse> request)
        {
            Assert.Equal("{}", (await request).Text);
            var answer = await phone.PollAsync(since);
            since = answer.NextBatch();
            Assert.Null(answer["account_data"]);
            var content = answer.Joined(roomId).AccountData("m.tag")!;
            var read = await alice.GetAsync(alice.TagPath(roomId)).ExpectAsync();
            Assert.True(JsonNode.DeepEquals(content, read));
            return content.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        }
    }

    // ACD-15, ACD-16: what changes nothing is told to nobody.
    [Theory]
    [AllDatabases]
    public async Task Tag_SetTheSameOrRemovedTwice_IsDoneAndWakesNobody(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await alice.DeleteAsync(alice.TagPath(roomId, "u.never")).ExpectAsync();
        Assert.Null((await alice.PollAsync()).Joined(roomId).AccountData("m.tag"));
        await alice.PutAsync(alice.TagPath(roomId, Favourite), new JsonObject { ["order"] = 1 }).ExpectAsync();
        var since = await alice.CatchUpAsync();

        await alice.DeleteAsync(alice.TagPath(roomId, "u.never")).ExpectAsync();
        await alice.PutAsync(alice.TagPath(roomId, Favourite), new JsonObject { ["order"] = 1 }).ExpectAsync();

        Assert.Equal(since, (await alice.PollAsync(since)).NextBatch());
    }

    // ACD-14: devices that tag at the same time take nothing from each other.
    [Theory]
    [AllDatabases]
    public async Task Tags_SetByTwoDevicesAtOnce_AreAllThere(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var phone = await ground.Server.LoginAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => SetAsync(alice, $"u.old{number}")));

        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(number => SetAsync(alice, $"u.alice{number}"))
                .Concat(Enumerable.Range(0, 20).Select(number => SetAsync(phone, $"u.phone{number}")))
                .Concat(Enumerable.Range(0, 20).Select(number => RemoveAsync(phone, $"u.old{number}"))));

        var expected = Enumerable.Range(0, 20).SelectMany(number => new[] { $"u.alice{number}", $"u.phone{number}" });
        ground.Live.EvictAll();
        var tags = (await alice.GetAsync(alice.TagPath(roomId)).ExpectAsync())["tags"]!.AsObject();
        Assert.Equal(expected.Order(StringComparer.Ordinal), tags.Select(tag => tag.Key).Order(StringComparer.Ordinal));
        Assert.True(JsonNode.DeepEquals(tags, (await phone.PollAsync()).Joined(roomId).AccountData("m.tag")!["tags"]));

        Task SetAsync(MatrixClient device, string tag) =>
            device.PutAsync(device.TagPath(roomId, tag), new JsonObject()).ExpectAsync();
        Task RemoveAsync(MatrixClient device, string tag) =>
            device.DeleteAsync(device.TagPath(roomId, tag)).ExpectAsync();
    }

    // ACD-7
    [Theory]
    [AllDatabases]
    public async Task Tags_AgreeWithDirectlyWrittenAccountData(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await alice.SetAccountDataAsync(
            "m.tag", JsonNode.Parse("""{"tags":{"u.a":{"order":0.5}},"beside":[1]}""")!.AsObject(), roomId);

        var written = await alice.GetAsync(alice.TagPath(roomId));
        await alice.PutAsync(alice.TagPath(roomId, "u.b"), new JsonObject()).ExpectAsync();
        var added = await alice.GetAsync(alice.AccountDataPath("m.tag", roomId));
        await alice.DeleteAccountDataAsync("m.tag", roomId);

        Assert.Equal("""{"tags":{"u.a":{"order":0.5}}}""", written.Text);
        Assert.Equal("""{"tags":{"u.a":{"order":0.5},"u.b":{}},"beside":[1]}""", added.Text);
        Assert.Equal("""{"tags":{}}""", (await alice.GetAsync(alice.TagPath(roomId))).Text);
        await alice.PutAsync(alice.TagPath(roomId, "u.c"), new JsonObject()).ExpectAsync();
        Assert.Equal("""{"tags":{"u.c":{}}}""", (await alice.GetAsync(alice.TagPath(roomId))).Text);
    }

    // ACD-7: whatever a client has written there, tags can be read and set.
    [Theory]
    [AllDatabases("{}", "{}")]
    [AllDatabases("""{"tags":null}""", "{}")]
    [AllDatabases("""{"tags":[1]}""", "{}")]
    [AllDatabases("""{"tags":"u.a","other":{"tags":{}}}""", "{}")]
    [AllDatabases("""{"tags":{"u.a":7,"u.b":null,"u.c":{"order":"high"}}}""", """{"u.c":{"order":"high"}}""")]
    [AllDatabases("""{"tags":{"u.a":{},"u.a":{"n":1}},"tags":{"u.a":{"n":2}}}""", """{"u.a":{"n":2}}""")]
    public async Task Tags_OfMalformedAccountData_AreThoseThatAreTags(
        DatabaseKind kind, string content, string expected)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var path = alice.AccountDataPath("m.tag", roomId);
        await alice.SendAsync(HttpMethod.Put, path, MatrixClient.JsonContent(content)).ExpectAsync();

        var before = await alice.GetAsync(alice.TagPath(roomId)).ExpectAsync();
        await alice.DeleteAsync(alice.TagPath(roomId, "u.x")).ExpectAsync();
        Assert.Equal(content, (await alice.GetAsync(path)).Text);
        await alice.PutAsync(alice.TagPath(roomId, "u.x"), new JsonObject()).ExpectAsync();

        Assert.Equal(expected, before["tags"]!.ToJsonString());
        var tags = (await alice.PollAsync()).Joined(roomId).AccountData("m.tag")!["tags"]!.AsObject();
        Assert.Equal("{}", tags["u.x"]!.ToJsonString());
        tags.Remove("u.x");
        Assert.Equal(expected, tags.ToJsonString());
    }

    // ACD-2, ACD-14, ACD-15
    [Theory]
    [AllDatabases("""{"order":"0.5"}""", "M_BAD_JSON")]
    [AllDatabases("""{"order":true}""", "M_BAD_JSON")]
    [AllDatabases("""{"order":null}""", "M_BAD_JSON")]
    [AllDatabases("""{"order":-0.01}""", "M_INVALID_PARAM")]
    [AllDatabases("""{"order":1.01}""", "M_INVALID_PARAM")]
    [AllDatabases("""{"order":1e400}""", "M_INVALID_PARAM")]
    [AllDatabases("[]", "M_BAD_JSON")]
    [AllDatabases("", "M_NOT_JSON")]
    public async Task Tag_WithMalformedContent_IsRefused(DatabaseKind kind, string content, string errorCode)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();

        await alice.SendAsync(HttpMethod.Put, alice.TagPath(roomId, Favourite), MatrixClient.JsonContent(content))
            .ExpectErrorAsync(HttpStatusCode.BadRequest, errorCode);

        Assert.Equal("""{"tags":{}}""", (await alice.GetAsync(alice.TagPath(roomId))).Text);
    }

    // ACD-3, ACD-4, ACD-11, ACD-14, ACD-15
    [Theory]
    [AllDatabases]
    public async Task Tags_OfOthersOrTooLargeOrMalformedRooms_AreRefused(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind, new()
        {
            Settings = new Dictionary<string, string?> { ["Matrix:AccountData:MaxContentBytes"] = "600" },
        });
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await alice.CreateRoomAsync();
        var longest = $"u.{new string('é', 126)}a";

        await bob.GetAsync(alice.TagPath(roomId)).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await bob.PutAsync(alice.TagPath(roomId, Favourite), new JsonObject())
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await bob.DeleteAsync(alice.TagPath(roomId, Favourite))
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await alice.GetAsync(alice.TagPath("nonsense")).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        await alice.PutAsync(alice.TagPath(roomId, $"{longest}a"), new JsonObject())
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        await alice.PutAsync(alice.TagPath(roomId, longest), new JsonObject()).ExpectAsync();
        await alice.PutAsync(alice.TagPath(roomId, $"v{longest[1..]}"), new JsonObject()).ExpectAsync();
        await alice.PutAsync(alice.TagPath(roomId, $"w{longest[1..]}"), new JsonObject())
            .ExpectErrorAsync(HttpStatusCode.RequestEntityTooLarge, "M_TOO_LARGE");

        var tags = (await alice.GetAsync(alice.TagPath(roomId)).ExpectAsync())["tags"]!.AsObject();
        Assert.Equal([longest, $"v{longest[1..]}"], tags.Select(tag => tag.Key));
    }
}
