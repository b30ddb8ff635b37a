using System.Net;
using Matrix.Realtime.Accounts;
using Matrix.Realtime.Accounts.Tokens;
using Matrix.Realtime.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>Section 17, GEN-2: devices and their tokens from login to logout.</summary>
public sealed class DeviceSessionTests
{
    [Theory]
    [AllDatabases]
    public async Task Login_OnKnownDevice_EndsItsOldToken(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var elsewhere = await app.SignUpAsync("alice");
        var first = await LogInAsync(app, "PHONE");
        (await app.WhoAmIAsync(first)).Expect(HttpStatusCode.OK);

        var second = await LogInAsync(app, "PHONE");

        (await app.WhoAmIAsync(first)).ExpectError(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        (await app.WhoAmIAsync(second)).Expect(HttpStatusCode.OK);
        (await app.WhoAmIAsync(elsewhere)).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [AllDatabases]
    public async Task Login_OnOneDeviceAtOnce_LeavesOneToken(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        await app.SignUpAsync("alice");

        var tokens = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => Task.Run(() => LogInAsync(app, "PHONE"))));

        var answers = await Task.WhenAll(tokens.Select(app.WhoAmIAsync));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
    }

    [Theory]
    [AllDatabases]
    public async Task Login_WithDisplayName_NamesNewDevicesOnly(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        await app.SignUpAsync("alice");

        await LogInAsync(app, "PHONE", "My phone");
        await LogInAsync(app, "PHONE", "Another name");
        await LogInAsync(app, "LAPTOP");

        var names = await database.UseAsync(context => context.Set<DeviceRow>()
            .ToDictionaryAsync(row => row.DeviceId.Value, row => row.DisplayName));
        Assert.Equal("My phone", names["PHONE"]);
        Assert.Null(names["LAPTOP"]);
        var request = AccountRequests.Login("alice");
        request["initial_device_display_name"] = new string('x', 257);
        await app.Anonymous.PostAsync("login", request).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
    }

    [Theory]
    [AllDatabases]
    public async Task WhoAmI_ByTokenOfADevice_NamesBoth(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        await app.SignUpAsync("alice");
        var token = await LogInAsync(app, "PHONE");

        var owner = (await app.WhoAmIAsync(token)).Expect(HttpStatusCode.OK);

        Assert.Equal(
            """{"user_id":"@alice:localhost","device_id":"PHONE","is_guest":false}""", owner.ToJsonString());
        await app.Anonymous.GetAsync("account/whoami")
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
    }

    /// <summary>GEN-3.</summary>
    [Theory]
    [AllDatabases]
    public async Task WhoAmI_ByTokenInTheQuery_IsAnswered(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var token = await app.SignUpAsync("alice");

        await app.Anonymous.GetAsync($"account/whoami?access_token={token}").ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task Logout_OfOneDevice_LeavesTheOthers(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var laptop = await app.SignUpAsync("alice");
        var phone = await LogInAsync(app, "PHONE");

        Assert.Equal("{}", (await app.WithToken(phone).PostAsync("logout").ExpectAsync()).ToJsonString());

        (await app.WhoAmIAsync(phone)).ExpectError(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        (await app.WhoAmIAsync(laptop)).Expect(HttpStatusCode.OK);
        await app.WithToken(phone).PostAsync("logout")
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        Assert.Equal(1, await database.UseAsync(context => context.Set<DeviceRow>().CountAsync()));
    }

    [Theory]
    [AllDatabases]
    public async Task Logout_RepeatedAfterLosingTheAnswer_EndsTheToken(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var token = await app.SignUpAsync("alice");
        await database.UseAsync(context => context.Set<AccessTokenRow>().ExecuteDeleteAsync());

        await app.WithToken(token).PostAsync("logout").ExpectAsync();

        (await app.WhoAmIAsync(token)).ExpectError(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
    }

    [Theory]
    [AllDatabases]
    public async Task LogoutAll_WithAnyBody_EndsEveryToken(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var laptop = await app.SignUpAsync("alice");
        var phone = await LogInAsync(app, "PHONE");
        var other = await app.SignUpAsync("bob");

        await app.WithToken(phone)
            .SendAsync(HttpMethod.Post, "logout/all", MatrixClient.JsonContent("not json"))
            .ExpectAsync();

        (await app.WhoAmIAsync(phone)).ExpectError(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        (await app.WhoAmIAsync(laptop)).ExpectError(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        (await app.WhoAmIAsync(other)).Expect(HttpStatusCode.OK);
        await LogInAsync(app, "PHONE");
    }

    [Theory]
    [AllDatabases]
    public async Task Tokens_AfterRestart_AreAsBefore(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        string phone, laptop;
        var app = await RealtimeApplication.StartAsync(database);
        await using (app)
        {
            laptop = await app.SignUpAsync("alice");
            phone = await LogInAsync(app, "PHONE");
            await app.WithToken(phone).PostAsync("logout").ExpectAsync();
        }

        await using var restarted = await RealtimeApplication.StartAsync(database);

        (await restarted.WhoAmIAsync(phone)).ExpectError(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        (await restarted.WhoAmIAsync(laptop)).Expect(HttpStatusCode.OK);
    }

    private static async Task<string> LogInAsync(RealtimeApplication app, string deviceId, string? displayName = null)
    {
        var request = AccountRequests.Login("alice", deviceId: deviceId);
        if (displayName is not null)
        {
            request["initial_device_display_name"] = displayName;
        }

        return (string)(await app.Anonymous.PostAsync("login", request).ExpectAsync())["access_token"]!;
    }
}
