using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Reports;
using Matrix.Realtime.Tests.Accounts;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Reports;

/// <summary>What may be reported, by whom, and that it is kept.</summary>
public sealed class ReportTests
{
    [Theory]
    [AllDatabases]
    public async Task Report_OfAnything_IsKept(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero))
        {
            AutoAdvanceAmount = TimeSpan.FromMilliseconds(1),
        };
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, new() { Time = time });
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        var eventId = await alice.SendAsync(room, "rude");

        Assert.Equal("{}", (await ReportAsync(bob, $"rooms/{room}/report", "rude room").ExpectAsync()).ToJsonString());
        await ReportAsync(bob, $"users/{alice.UserId}/report", "").ExpectAsync();
        await bob.JoinAsync(room);
        await bob.PostInRoomAsync(room, $"report/{MatrixClient.Escape(eventId)}", new()
        {
            ["reason"] = "rude words",
            ["score"] = -100,
        }).ExpectAsync();
        (await bob.PostAsync($"rooms/{room}/report/{MatrixClient.Escape(eventId)}")).Expect(HttpStatusCode.OK);

        var reports = await database.UseAsync(context =>
            context.Set<ReportRow>().OrderBy(row => row.CreatedTs).ToListAsync());
        Assert.All(reports, report => Assert.Equal(bob.UserId, report.Reporter.Value));
        Assert.Equal(
            [
                (room, null, null, "rude room", null),
                (null, null, alice.UserId, "", null),
                (room, eventId, null, "rude words", -100L),
                (room, eventId, null, null, (long?)null),
            ],
            reports.Select(report =>
                (report.RoomId?.Value, report.EventId?.Value, report.UserId?.Value, report.Reason, report.Score)));
    }

    [Theory]
    [AllDatabases]
    public async Task Report_OfWhatTheReporterCannotSee_IsNotFound(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        await alice.SetVisibilityAsync(room, "joined").ExpectAsync();
        var before = await alice.SendAsync(room, "before");

        await NotFoundAsync(bob, "rooms/!unknown/report");
        await NotFoundAsync(bob, "users/@unknown:localhost/report");
        await NotFoundAsync(bob, "users/@alice:elsewhere/report");
        await NotFoundAsync(bob, $"rooms/!unknown/report/{before}");
        await NotFoundAsync(bob, $"rooms/{room}/report/{before}");
        await bob.JoinAsync(room);
        await NotFoundAsync(bob, $"rooms/{room}/report/$unknown");
        await NotFoundAsync(bob, $"rooms/{room}/report/{before}");

        var after = await alice.SendAsync(room, "after");
        await ReportAsync(bob, $"rooms/{room}/report/{after}", "rude").ExpectAsync();
        await bob.LeaveAsync(room);
        await NotFoundAsync(bob, $"rooms/{room}/report/{after}");
    }

    [Theory]
    [AllDatabases]
    public async Task Report_Malformed_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var eventId = await alice.SendAsync(room, "rude");

        foreach (var (path, body) in new[]
        {
            ($"rooms/{room}/report", "{}"),
            ($"rooms/{room}/report", """{"reason":5}"""),
            ($"users/{alice.UserId}/report", "{}"),
            ($"rooms/{room}/report/{eventId}", """{"score":"bad"}"""),
        })
        {
            await alice.PostAsync(path, JsonNode.Parse(body)!)
                .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        }

        await ReportAsync(alice, $"rooms/{room}/report", new string('x', 4097)).ExpectInvalidParamAsync();
        await ReportAsync(app.Anonymous, $"rooms/{room}/report", "rude")
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
    }

    [Theory]
    [AllDatabases]
    public async Task Report_OftenerThanTheLimit_IsToldToWait(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, new()
        {
            Settings = new Dictionary<string, string?>
            {
                ["Matrix:Reports:RateLimit:PermitLimit"] = "2",
                ["Matrix:Reports:RateLimit:Window"] = "01:00:00",
            },
        });
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        await ReportAsync(alice, $"users/{bob.UserId}/report", "rude").ExpectAsync();
        await ReportAsync(alice, $"users/{bob.UserId}/report", "rude").ExpectAsync();

        await ReportAsync(alice, $"users/{bob.UserId}/report", "rude")
            .ExpectErrorAsync(HttpStatusCode.TooManyRequests, "M_LIMIT_EXCEEDED");

        await ReportAsync(bob, $"users/{alice.UserId}/report", "rude").ExpectAsync();
    }

    private static Task<MatrixResponse> ReportAsync(MatrixClient user, string path, string reason) =>
        user.PostAsync(path, new JsonObject { ["reason"] = reason });

    private static Task NotFoundAsync(MatrixClient user, string path) =>
        ReportAsync(user, path, "rude").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
}
