using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>GEN-8: who has no access token yet is counted by address.</summary>
public sealed class LoginRateLimitTests
{
    [Fact]
    public async Task Calls_OfOneAddressOverTheLimit_AreToldWhenToRetry()
    {
        var caller = new Caller();
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var app = await StartAsync(database, caller);
        caller.Address = IPAddress.Parse("192.0.2.1");
        await app.SignUpAsync("alice");
        await app.Anonymous.PostAsync("login", AccountRequests.Login("alice", "wrong"))
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await app.Anonymous.PostAsync("refresh", new JsonObject { ["refresh_token"] = "none" })
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");

        MatrixResponse[] refused =
        [
            await app.Anonymous.PostAsync("login", AccountRequests.Login("alice")),
            await app.Anonymous.PostAsync("register", AccountRequests.Registration("bob")),
            await app.Anonymous.PostAsync("refresh", new JsonObject { ["refresh_token"] = "none" }),
            await app.Anonymous.GetAsync("register/available?username=bob"),
        ];
        await app.Anonymous.GetAsync("login").ExpectAsync();
        caller.Address = IPAddress.Parse("192.0.2.2");
        await app.Anonymous.PostAsync("login", AccountRequests.Login("alice")).ExpectAsync();

        foreach (var refusal in refused.Select(
            response => response.ExpectError(HttpStatusCode.TooManyRequests, "M_LIMIT_EXCEEDED")))
        {
            Assert.InRange((long)refusal["retry_after_ms"]!, 1, 3_600_000);
        }
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("127.0.0.1", "127.0.0.1", false)]
    [InlineData("::1", "::1", false)]
    public async Task Addresses_OfOneSubscriber_CountAsOne(string first, string second, bool areOne)
    {
        var caller = new Caller { Address = IPAddress.Parse(first) };
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var app = await StartAsync(database, caller);
        for (var i = 0; i < 3; i++)
        {
            await app.Anonymous.GetAsync("register/available?username=alice").ExpectAsync();
        }

        caller.Address = IPAddress.Parse(second);
        var next = await app.Anonymous.GetAsync("register/available?username=alice");

        Assert.Equal(areOne ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK, next.Status);
    }

    private static Task<RealtimeApplication> StartAsync(Database database, Caller caller) =>
        RealtimeApplication.StartAsync(database, new()
        {
            Settings = new Dictionary<string, string?>
            {
                ["Matrix:Login:RateLimit:PermitLimit"] = "3",
                ["Matrix:Login:RateLimit:Window"] = "01:00:00",
            },
            Services = services => services.AddSingleton<IStartupFilter>(caller),
        });

    /// <summary>Where requests come from.</summary>
    private sealed class Caller : IStartupFilter
    {
        public IPAddress? Address { get; set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = Address;
                return following(context);
            });
            next(app);
        };
    }
}
