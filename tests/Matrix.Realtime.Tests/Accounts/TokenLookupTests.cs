using System.Net;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>When checking an access token reads the database.</summary>
public sealed class TokenLookupTests
{
    private readonly CommandCounter _commands = new();

    private RealtimeApplicationOptions Options => new()
    {
        // With a clock that stands still nothing else reads the database on its own.
        Time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)),
        Services = services => services.ConfigureDbContext<MatrixDbContext>(
            options => options.AddInterceptors(_commands)),
    };

    [Theory]
    [AllDatabases]
    public async Task Verify_RecentToken_ReadsNoDatabase(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, Options);
        var token = await app.SignUpAsync("alice");

        var before = _commands.Count;
        for (var i = 0; i < 10; i++)
        {
            (await app.WhoAmIAsync(token)).Expect(HttpStatusCode.OK);
        }

        Assert.NotEqual(0, before);
        Assert.Equal(before, _commands.Count);
    }

    [Theory]
    [AllDatabases]
    public async Task Verify_TokenNotSeenSinceTheStart_ReadsItOnce(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        string token;
        var app = await RealtimeApplication.StartAsync(database, Options);
        await using (app)
        {
            token = await app.SignUpAsync("alice");
        }

        await using var restarted = await RealtimeApplication.StartAsync(database, Options);
        var before = _commands.Count;
        for (var i = 0; i < 10; i++)
        {
            (await restarted.WhoAmIAsync(token)).Expect(HttpStatusCode.OK);
        }

        Assert.Equal(before + 1, _commands.Count);
    }

    [Theory]
    [AllDatabases]
    public async Task Verify_TextThatIsNoToken_ReadsNoDatabase(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, Options);

        var before = _commands.Count;
        (await app.WhoAmIAsync("syt_made_up")).ExpectError(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");

        Assert.Equal(before, _commands.Count);
    }
}
