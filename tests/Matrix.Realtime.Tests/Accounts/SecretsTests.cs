using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Matrix.Realtime.Accounts;
using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Accounts.Tokens;
using Matrix.Realtime.Tests.Databases;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Serilog;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>Passwords, tokens and sessions are known to their owners alone.</summary>
public sealed class SecretsTests
{
    [Theory]
    [AllDatabases]
    public async Task Secrets_InDatabaseAndLog_AreNotFound(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var log = new CollectingSink();
        var app = await RealtimeApplication.StartAsync(database, new()
        {
            Services = services => services.AddSerilog(
                logger => logger.MinimumLevel.Verbose().WriteTo.Sink(log), preserveStaticLogger: true),
        });
        List<string> secrets = [AccountRequests.Password];
        await using (app)
        {
            secrets.Add(await app.SignUpAsync("alice"));
            JsonObject second = new() { ["username"] = "bob", ["password"] = AccountRequests.Password };
            secrets.Add((string)(await app.Anonymous.PostAsync("register", second)).Json["session"]!);
            var request = AccountRequests.Login("alice");
            request["refresh_token"] = true;
            var login = await app.Anonymous.PostAsync("login", request).ExpectAsync();
            secrets.Add((string)login["access_token"]!);
            secrets.Add((string)login["refresh_token"]!);
            await app.Anonymous.PostAsync("login", AccountRequests.Login("alice", secrets[1]));
            await app.WithToken(secrets[1]).PostAsync("logout").ExpectAsync();
        }

        var stored = await database.UseAsync(ReadAllTextAsync);
        var logged = log.Entries.Select(entry => $"{entry.RenderMessage()} {entry.Exception}").ToList();
        Assert.Contains(logged, line => line.Contains("@alice:localhost", StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
            Assert.DoesNotContain(logged, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Login_HashedWithOtherSettings_IsHashedAnew(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var app = await RealtimeApplication.StartAsync(database);
        await app.SignUpAsync("alice");
        var before = await ReadIterationsAsync(database);

        await using var restarted = await app.RestartAsync(new()
        {
            Services = services => services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 50),
        });
        await restarted.Anonymous.PostAsync("login", AccountRequests.Login("alice")).ExpectAsync();

        Assert.NotEqual(50u, before);
        Assert.Equal(50u, await ReadIterationsAsync(database));
        await restarted.Anonymous.PostAsync("login", AccountRequests.Login("alice")).ExpectAsync();
    }

    private static async Task<string> ReadAllTextAsync(DbContext context)
    {
        var accounts = await context.Set<AccountRow>().AsNoTracking().ToListAsync();
        var tokens = await context.Set<AccessTokenRow>().AsNoTracking().ToListAsync();
        var refreshTokens = await context.Set<RefreshTokenRow>().AsNoTracking().ToListAsync();
        var sessions = await context.Set<UiaSessionRow>().AsNoTracking().ToListAsync();
        Assert.NotEmpty(accounts);
        Assert.NotEmpty(tokens);
        Assert.NotEmpty(refreshTokens);
        Assert.NotEmpty(sessions);
        return string.Join(
            '\n',
            accounts.Select(row => row.PasswordHash)
                .Concat(tokens.Select(row => $"{row.TokenHash} {row.RefreshTokenHash}"))
                .Concat(refreshTokens.Select(row => row.TokenHash))
                .Concat(sessions.Select(row => $"{row.SessionHash} {Encoding.Latin1.GetString(row.SealedRequest)}")));
    }

    /// <summary>The work factor, in the hash behind a byte for the format and four for the function.</summary>
    private static async Task<uint> ReadIterationsAsync(Database database)
    {
        var hash = await database.UseAsync(context => context.Set<AccountRow>()
            .Select(row => row.PasswordHash).SingleAsync());
        return BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5));
    }
}
