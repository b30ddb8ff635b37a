using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;
using Matrix.Realtime.Tests.Sync;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Receipts;

/// <summary>What is taken for a receipt: RCP-1 to RCP-7, RCP-15 to RCP-18, RCP-33.</summary>
public sealed class ReceiptRequestTests
{
    [Theory, AllDatabases]
    public async Task Receipt_WithOrWithoutBody_IsTaken(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var path = $"rooms/{MatrixClient.Escape(scene.Room)}/receipt/m.read/";

        Assert.Equal("{}", (await scene.Bob.PostAsync(path + MatrixClient.Escape(scene.First))).Text);
        Assert.Empty(await scene.Bob.PostReceiptAsync(
            scene.Room, scene.Second, body: new JsonObject { ["unknown"] = 1, ["hidden"] = true }).ExpectAsync());
        await scene.Server.Anonymous.PostReceiptAsync(scene.Room, scene.First)
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");

        Assert.Equal([ReceiptRequests.Line(scene.Bob, scene.Second)], await scene.AllReceiptsAsync(scene.Alice));
    }

    [Theory]
    [AllDatabases("m.receipt")]
    [AllDatabases("m.receipt.private")]
    [AllDatabases("M.READ")]
    [AllDatabases("m.read.public")]
    public async Task ReceiptType_Unknown_IsRefused(DatabaseKind kind, string type)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);

        await scene.Bob.PostReceiptAsync(scene.Room, scene.First, type).ExpectInvalidParamAsync();

        Assert.Empty(await scene.AllReceiptsAsync(scene.Bob));
    }

    [Theory]
    [AllDatabases("null")]
    [AllDatabases("1")]
    [AllDatabases("{}")]
    [AllDatabases("[\"main\"]")]
    [AllDatabases("\"\"")]
    [AllDatabases("\"no thread\"")]
    [AllDatabases("\"$unknown\"")]
    public async Task ThreadId_OfNoThread_IsRefused(DatabaseKind kind, string thread)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        JsonObject body = new() { ["thread_id"] = JsonNode.Parse(thread) };

        foreach (var type in new[] { ReceiptRequests.Public, ReceiptRequests.Private, ReceiptRequests.FullyRead })
        {
            await scene.Bob.PostReceiptAsync(scene.Room, scene.First, type, body.DeepClone().AsObject())
                .ExpectInvalidParamAsync();
        }

        await scene.Bob.PostReceiptAsync(
            scene.Room, scene.First, ReceiptRequests.FullyRead, new() { ["thread_id"] = "main" })
            .ExpectInvalidParamAsync();
        Assert.Empty(await scene.AllReceiptsAsync(scene.Bob));
    }

    [Theory, AllDatabases]
    public async Task ThreadId_OfTheRootAndAllThatIsRelated_IsTaken(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var (alice, room, root) = (scene.Alice, scene.Room, scene.First);
        var reply = await alice.ReplyInThreadAsync(room, root);
        var onReply = await alice.RelateAsync(room, "m.annotation", reply);
        var reference = await alice.RelateAsync(room, "m.reference", root);
        var onReference = await alice.RelateAsync(room, "m.annotation", reference);
        var redaction = (string)(await alice.PutInRoomAsync(room, $"redact/{MatrixClient.Escape(onReply)}/r1")
            .ExpectAsync())["event_id"]!;

        foreach (var eventId in new[] { root, reply, onReply, reference, onReference, redaction })
        {
            await scene.Bob.ReadAsync(room, eventId, root);
        }

        foreach (var eventId in new[] { root, reference, onReference, redaction })
        {
            await scene.Bob.ReadAsync(room, eventId, "main");
        }

        foreach (var eventId in new[] { reply, onReply })
        {
            await scene.Bob.PostReceiptAsync(room, eventId, body: new() { ["thread_id"] = "main" })
                .ExpectInvalidParamAsync();
        }

        await scene.Bob.PostReceiptAsync(room, scene.Second, body: new() { ["thread_id"] = root })
            .ExpectInvalidParamAsync();
        await scene.Bob.PostReceiptAsync(room, reply, body: new() { ["thread_id"] = scene.Second })
            .ExpectInvalidParamAsync();
    }

    [Theory, AllDatabases]
    public async Task ThreadId_OfWhatIsRelatedFartherThanThreeSteps_IsRefused(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var (room, root) = (scene.Room, scene.First);
        var (third, fourth) = ("", root);
        for (var step = 0; step < 4; step++)
        {
            (third, fourth) = (fourth, await scene.Alice.RelateAsync(room, "m.reference", fourth));
        }

        await scene.Bob.ReadAsync(room, third, root);
        await scene.Bob.PostReceiptAsync(room, fourth, body: new() { ["thread_id"] = root }).ExpectInvalidParamAsync();
    }

    [Theory, AllDatabases]
    public async Task ThreadId_OfEventsLongPast_IsCheckedAllTheSame(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var reply = await scene.Alice.ReplyInThreadAsync(scene.Room, scene.First);
        var reference = await scene.Alice.RelateAsync(scene.Room, "m.reference", scene.First);
        for (var i = 0; i < 70; i++)
        {
            await scene.Alice.SendAsync(scene.Room, "filler");
        }

        await scene.Bob.ReadAsync(scene.Room, reply, scene.First);
        await scene.Bob.ReadAsync(scene.Room, reference, scene.First);
        await scene.Bob.PostReceiptAsync(scene.Room, reply, body: new() { ["thread_id"] = "main" })
            .ExpectInvalidParamAsync();
        await scene.Bob.PostReceiptAsync(scene.Room, scene.Second, body: new() { ["thread_id"] = scene.First })
            .ExpectInvalidParamAsync();
    }

    [Theory, AllDatabases]
    public async Task Receipt_ByOutsidersOrOnWhatIsNotThere_IsRefused(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var carol = await scene.Server.RegisterAsync("carol");
        var elsewhere = await carol.CreateRoomAsync();
        var foreign = await carol.SendAsync(elsewhere, "elsewhere");
        var dave = await scene.JoinAsync("dave");
        await dave.LeaveAsync(scene.Room);

        foreach (var type in new[] { ReceiptRequests.Public, ReceiptRequests.Private, ReceiptRequests.FullyRead })
        {
            await carol.PostReceiptAsync(scene.Room, scene.First, type).ExpectForbiddenAsync();
            await dave.PostReceiptAsync(scene.Room, scene.First, type).ExpectForbiddenAsync();
            await scene.Bob.PostReceiptAsync("!unknown:localhost", scene.First, type).ExpectForbiddenAsync();
            await scene.Bob.PostReceiptAsync("nonsense", scene.First, type).ExpectInvalidParamAsync();
            await scene.Bob.PostReceiptAsync(scene.Room, "nonsense", type).ExpectInvalidParamAsync();
            foreach (var missing in new[] { "$unknown", foreign })
            {
                await scene.Bob.PostReceiptAsync(scene.Room, missing, type)
                    .ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
            }
        }

        Assert.Empty(await scene.AllReceiptsAsync(scene.Bob));
    }

    [Theory, AllDatabases]
    public async Task Receipt_OnOnesOwnEvent_IsTaken(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);

        await scene.Alice.ReadAsync(scene.Room, scene.Third);

        Assert.Equal([ReceiptRequests.Line(scene.Alice, scene.Third)], await scene.AllReceiptsAsync(scene.Bob));
    }

    [Theory, AllDatabases]
    public async Task Ts_IsTheServers(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-01-01T00:00:00Z"));
        await using var scene = await ReceiptScene.SetAsync(kind, new() { Time = time });

        await scene.Bob.PostReceiptAsync(scene.Room, scene.First, body: new() { ["ts"] = 1 }).ExpectAsync();

        var content = Assert.Single((await scene.Alice.PollAsync()).ReceiptEvents(scene.Room));
        Assert.Equal(
            time.GetUtcNow().ToUnixTimeMilliseconds(),
            (long)content[scene.First]!["m.read"]![scene.Bob.UserId]!["ts"]!);
    }

    [Theory, AllDatabases]
    public async Task Receipts_BeyondTheRateLimit_AreRefused(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-01-01T00:00:00Z"));
        await using var scene = await ReceiptScene.SetAsync(kind, new()
        {
            Time = time,
            Settings = new Dictionary<string, string?>
            {
                ["Matrix:Receipts:RateLimit:PermitLimit"] = "2",
                ["Matrix:Receipts:RateLimit:Window"] = "01:00:00",
            },
        });

        await scene.Bob.ReadAsync(scene.Room, scene.First);
        await scene.Bob.SetMarkersAsync(scene.Room, []);

        await scene.Bob.PostReceiptAsync(scene.Room, scene.Second)
            .ExpectErrorAsync(HttpStatusCode.TooManyRequests, "M_LIMIT_EXCEEDED");
        await scene.Bob.PostInRoomAsync(scene.Room, "read_markers")
            .ExpectErrorAsync(HttpStatusCode.TooManyRequests, "M_LIMIT_EXCEEDED");
        await scene.Alice.ReadAsync(scene.Room, scene.First);
    }
}
