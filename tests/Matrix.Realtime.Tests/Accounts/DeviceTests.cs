using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>Section 17: <c>/devices</c> and <c>/delete_devices</c>.</summary>
public sealed class DeviceTests
{
    [Theory]
    [AllDatabases]
    public async Task Devices_OfUser_AreListedAndCanBeRenamed(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1735689600000));
        await using var app = await RealtimeApplication.StartAsync(database, new() { Time = time });
        var alice = await app.RegisterAsync("alice", "LAPTOP");
        await app.LoginAsync("alice", "PHONE");
        await app.RegisterAsync("bob", "OTHER");

        await alice.PutAsync("devices/PHONE", new JsonObject { ["display_name"] = "My phone" }).ExpectAsync();
        await alice.PutAsync("devices/PHONE", new JsonObject()).ExpectAsync();

        Assert.Equal(
            """{"devices":[{"device_id":"LAPTOP","last_seen_ts":1735689600000},"""
                + """{"device_id":"PHONE","display_name":"My phone"}]}""",
            (await alice.GetAsync("devices").ExpectAsync()).ToJsonString());
        Assert.Equal(
            """{"device_id":"PHONE","display_name":"My phone"}""",
            (await alice.GetAsync("devices/PHONE").ExpectAsync()).ToJsonString());
    }

    [Theory]
    [AllDatabases]
    public async Task Device_OfSomebodyElseOrNobody_IsNotFound(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        await app.RegisterAsync("bob", "BOBS");

        foreach (var device in new[] { "BOBS", "NONE" })
        {
            await alice.GetAsync($"devices/{device}").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
            await alice.PutAsync($"devices/{device}", new JsonObject { ["display_name"] = "x" })
                .ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        }

        await alice.PutAsync($"devices/{alice.DeviceId}", new JsonObject { ["display_name"] = new string('x', 257) })
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
    }

    [Theory]
    [AllDatabases]
    public async Task DeleteDevice_AfterThePassword_LogsItOutAtOnce(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice", "LAPTOP");
        var phone = await app.LoginAsync("alice", "PHONE");
        await phone.GetAsync("account/whoami").ExpectAsync();

        var challenge = (await alice.DeleteAsync("devices/PHONE")).Expect(HttpStatusCode.Unauthorized);
        JsonObject body = new()
        {
            ["auth"] = alice.PasswordAuth((string?)challenge["session"]),
        };
        (await alice.SendAsync(HttpMethod.Delete, "devices/PHONE", MatrixClient.JsonContent(body.ToJsonString())))
            .Expect(HttpStatusCode.OK);

        await phone.GetAsync("account/whoami").ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        Assert.Single((await alice.GetAsync("devices").ExpectAsync())["devices"]!.AsArray());
    }

    [Theory]
    [AllDatabases]
    public async Task DeleteDevice_WithTheSessionOfAnother_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice", "LAPTOP");
        await app.LoginAsync("alice", "PHONE");
        await app.LoginAsync("alice", "TABLET");
        var challenge = (await alice.DeleteAsync("devices/PHONE")).Expect(HttpStatusCode.Unauthorized);
        JsonObject body = new()
        {
            ["auth"] = alice.PasswordAuth((string?)challenge["session"]),
        };

        (await alice.SendAsync(HttpMethod.Delete, "devices/TABLET", MatrixClient.JsonContent(body.ToJsonString())))
            .Expect(HttpStatusCode.Unauthorized);

        Assert.Equal(3, (await alice.GetAsync("devices").ExpectAsync())["devices"]!.AsArray().Count);
    }

    // A client that finds no dehydrated devices does without.
    [Theory]
    [AllDatabases]
    public async Task DehydratedDevice_IsRefusedAsUnknown(DatabaseKind kind)
    {
        const string Path = "/_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device";
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");

        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, Path), (HttpMethod.Put, Path), (HttpMethod.Delete, Path),
            (HttpMethod.Post, $"{Path}/DEVICE/events"),
        })
        {
            await alice.SendAsync(method, path, MatrixClient.JsonContent("{}"))
                .ExpectErrorAsync(HttpStatusCode.NotFound, "M_UNRECOGNIZED");
        }
    }

    [Theory]
    [AllDatabases]
    public async Task DeleteDevices_KnownAndUnknown_RemovesThoseThatAreThere(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice", "LAPTOP");
        var phone = await app.LoginAsync("alice", "PHONE");
        var bob = await app.RegisterAsync("bob", "BOBS");
        JsonObject body = new() { ["devices"] = new JsonArray("PHONE", "BOBS", "NONE") };
        await alice.PostAsync("delete_devices", body).ExpectAsync(HttpStatusCode.Unauthorized);
        body["auth"] = alice.PasswordAuth();

        await alice.PostAsync("delete_devices", body).ExpectAsync();

        await phone.GetAsync("account/whoami").ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        await bob.GetAsync("account/whoami").ExpectAsync();
        await alice.GetAsync("account/whoami").ExpectAsync();
    }
}
