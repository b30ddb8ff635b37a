using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Presence;

/// <summary>Setting and reading presence. PRS-1 to PRS-9, PRS-11, PRS-30.</summary>
public sealed class PresenceRequestTests
{
    [Theory]
    [AllDatabases]
    public async Task Own_IsReadableFromTheBeginning_AndAsSet(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        Assert.Equal("offline", (string?)(await PresenceScene.GetAsync(scene.Alice, scene.Alice))["presence"]);

        await PresenceScene.SetAsync(scene.Alice, "unavailable", "at lunch");
        scene.Time.Advance(TimeSpan.FromSeconds(7));

        var status = await PresenceScene.GetAsync(scene.Alice, scene.Alice);
        Assert.Equal(
            """{"presence":"unavailable","last_active_ago":7000,"status_msg":"at lunch"}""", status.ToJsonString());
    }

    [Theory]
    [AllDatabases]
    public async Task Online_OfARoomMate_IsReadable_WithItsActivity(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        await PresenceScene.SetAsync(scene.Alice, "online");
        scene.Time.Advance(TimeSpan.FromMilliseconds(1500));

        var status = await PresenceScene.GetAsync(scene.Bob, scene.Alice);

        Assert.Equal("""{"presence":"online","last_active_ago":1500,"currently_active":true}""", status.ToJsonString());
    }

    [Theory]
    [AllDatabases]
    public async Task Status_LeftOut_IsCleared(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        await PresenceScene.SetAsync(scene.Alice, "online", "here");
        await PresenceScene.SetAsync(scene.Alice, "online");

        Assert.False((await PresenceScene.GetAsync(scene.Alice, scene.Alice)).ContainsKey("status_msg"));

        await PresenceScene.SetAsync(scene.Alice, "online", "here");
        JsonObject body = new() { ["presence"] = "online", ["status_msg"] = null };
        await scene.Alice.PutAsync(PresenceScene.PathOf(scene.Alice), body).ExpectAsync();
        Assert.False((await PresenceScene.GetAsync(scene.Alice, scene.Alice)).ContainsKey("status_msg"));
    }

    [Theory]
    [AllDatabases]
    public async Task Bad_IsRefused_AndChangesNothing(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        await PresenceScene.SetAsync(scene.Alice, "online", "here");
        var before = await PresenceScene.GetAsync(scene.Alice, scene.Alice);
        var path = PresenceScene.PathOf(scene.Alice);

        await scene.Bob.PutAsync(path, PresenceScene.Body("offline"))
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await scene.Alice.PutAsync(path, PresenceScene.Body("dreaming"))
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        await scene.Alice.PutAsync(path, new JsonObject { ["status_msg"] = "gone" })
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        await scene.Alice.PutAsync(path, new JsonObject { ["presence"] = "online", ["status_msg"] = 5 })
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        await scene.Alice.PutAsync(path, PresenceScene.Body("online", new string('x', 2049)))
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        await scene.Alice.GetAsync("sync?set_presence=dreaming")
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");

        Assert.Equal(before.ToJsonString(), (await PresenceScene.GetAsync(scene.Alice, scene.Alice)).ToJsonString());
    }

    [Theory]
    [AllDatabases]
    public async Task Status_OfAStranger_IsKept(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        var carol = await scene.Ground.RegisterAsync("carol");
        await PresenceScene.SetAsync(scene.Alice, "online");

        await carol.GetAsync(PresenceScene.PathOf(scene.Alice))
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await carol.GetAsync("presence/%40nobody%3Alocalhost/status")
            .ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");

        await carol.JoinAsync(scene.Room);
        Assert.Equal("online", (string?)(await PresenceScene.GetAsync(carol, scene.Alice))["presence"]);
        await carol.LeaveAsync(scene.Room);
        await carol.GetAsync(PresenceScene.PathOf(scene.Alice))
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
    }

    [Theory]
    [AllDatabases]
    public async Task Busy_IsAnnouncedAndTaken(DatabaseKind kind)
    {
        await using var scene = await PresenceScene.SetAsync(kind);
        var versions = await scene.Alice.GetAsync("/_matrix/client/versions").ExpectAsync();
        Assert.True((bool)versions["unstable_features"]!["org.matrix.msc3026.busy_presence"]!);

        await PresenceScene.SetAsync(scene.Alice, "org.matrix.msc3026.busy");

        Assert.Equal(
            "org.matrix.msc3026.busy", (string?)(await PresenceScene.GetAsync(scene.Bob, scene.Alice))["presence"]);
    }
}
