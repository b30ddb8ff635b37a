using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.AccountData;

/// <summary>What account data may hold, and how much of it.</summary>
public sealed class AccountDataContentTests
{
    // ACD-17, ACD-21, RDM-13, RDM-14: stored and delivered as they are, whatever happens in the room.
    [Theory]
    [AllDatabases("m.direct", """{"@bob:localhost":["!one:localhost","!two"],"bob@example.org":[]}""")]
    [AllDatabases("m.secret_storage.default_key", """{"key":"abc"}""")]
    [AllDatabases("m.secret_storage.key.abc", """{"algorithm":"m.secret_storage.v1.aes-hmac-sha2","iv":"","mac":""}""")]
    [AllDatabases("m.cross_signing.master", """{"encrypted":{"abc":{"ciphertext":"x","iv":"y","mac":"z"}}}""")]
    [AllDatabases("m.megolm_backup.v1", """{"encrypted":{}}""")]
    [AllDatabases("m.key_backup", """{"enabled":true}""")]
    [AllDatabases("m.recent_emoji", """{"recent_emoji":[{"emoji":"😀","total":3}]}""")]
    [AllDatabases("m.image_pack.rooms", """{"rooms":{"!one:localhost":{"":{}}}}""")]
    [AllDatabases("m.marked_unread", """{"unread":true}""")]
    [AllDatabases("com.famedly.marked_unread", """{"unread":true}""")]
    [AllDatabases("org.example/with é", """{"number":1.50,"big":12345678901234567890,"text":"\u00e9\n\""}""")]
    public async Task Content_OfAnyType_IsStoredAndSyncedAsWritten(DatabaseKind kind, string type, string content)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var phone = await ground.Server.LoginAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var since = await phone.CatchUpAsync();
        foreach (var path in new[] { alice.AccountDataPath(type), alice.AccountDataPath(type, roomId) })
        {
            await alice.SendAsync(HttpMethod.Put, path, MatrixClient.JsonContent(content)).ExpectAsync();
        }

        await phone.SendAsync(roomId, "read and answered");

        var expected = JsonNode.Parse(content)!.ToJsonString();
        Assert.Equal(content, (await phone.GetAsync(phone.AccountDataPath(type))).Text);
        Assert.Equal(content, (await phone.GetAsync(phone.AccountDataPath(type, roomId))).Text);
        foreach (var answer in new[] { await phone.PollAsync(since), await phone.PollAsync() })
        {
            Assert.Equal(expected, answer.AccountData(type)!.ToJsonString());
            Assert.Equal(expected, answer.Joined(roomId).AccountData(type)!.ToJsonString());
        }
    }

    // ACD-1: as of events, and no index holds more.
    [Theory]
    [AllDatabases]
    public async Task Type_LongerThanThatOfEvents_IsRefused(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        JsonObject content = [];
        var tooLong = Convert.ToHexString(RandomNumberGenerator.GetBytes(2000));
        foreach (var path in new[] { alice.AccountDataPath(tooLong), alice.AccountDataPath(tooLong, roomId) })
        {
            await alice.PutAsync(path, content).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        }

        await alice.SetAccountDataAsync(tooLong[..255], [], roomId);
    }

    // ACD-10
    [Theory]
    [AllDatabases]
    public async Task Content_WrittenAgainUnchanged_WakesNobody(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        await alice.SetAccountDataAsync("org.example.same", new JsonObject { ["n"] = 1 });
        var since = await alice.CatchUpAsync();

        await alice.SetAccountDataAsync("org.example.same", new JsonObject { ["n"] = 1 });
        var unchanged = await alice.PollAsync(since);
        await alice.SetAccountDataAsync("org.example.same", new JsonObject { ["n"] = 2 });

        Assert.Equal(since, unchanged.NextBatch());
        Assert.Equal("""{"n":2}""", (await alice.PollAsync(since)).AccountData("org.example.same")!.ToJsonString());
    }

    // ACD-11
    [Theory]
    [AllDatabases("org.example.theme", "text", 65_536)]
    [AllDatabases("m.direct", "text", 200_000)]
    [AllDatabases("m.ignored_user_list", "text", 200_000)]
    [AllDatabases("m.secret_storage.key.abc", "text", 200_000)]
    [AllDatabases("m.cross_signing.master", "encrypted", 200_000)]
    [AllDatabases("org.example.secret", "encrypted", 200_000)]
    public async Task Content_UpToItsLimit_IsTakenAndBeyondRefused(
        DatabaseKind kind, string type, string member, int limit)
    {
        await using var ground = await SyncGround.StartAsync(kind, new()
        {
            Settings = new Dictionary<string, string?> { ["Matrix:AccountData:MaxLargeContentBytes"] = "200000" },
        });
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var (largest, tooLarge) = (ContentOf(member, limit), ContentOf(member, limit + 1));

        foreach (var path in new[] { alice.AccountDataPath(type), alice.AccountDataPath(type, roomId) })
        {
            await alice.SendAsync(HttpMethod.Put, path, MatrixClient.JsonContent(largest)).ExpectAsync();
            await alice.SendAsync(HttpMethod.Put, path, MatrixClient.JsonContent(tooLarge))
                .ExpectErrorAsync(HttpStatusCode.RequestEntityTooLarge, "M_TOO_LARGE");
            Assert.Equal(limit, (await alice.GetAsync(path)).Text.Length);
        }

        var answer = await alice.PollAsync();
        Assert.Equal(limit, answer.AccountData(type)!.ToJsonString().Length);
    }

    /// <summary>An object of exactly so many bytes, padded in a member or below it.</summary>
    private static string ContentOf(string member, int length)
    {
        var (start, end) = member == "encrypted" ? ("{\"encrypted\":{\"key\":\"", "\"}}") : ("{\"text\":\"", "\"}");
        return start + new string('x', length - start.Length - end.Length) + end;
    }
}
