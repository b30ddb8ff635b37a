using System.Net;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Server;

public sealed class HealthTests
{
    [Theory]
    [AllDatabases]
    public async Task Health_OfRunningServer_IsLiveAndReady(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);

        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            var answer = await app.Anonymous.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal("Healthy", answer.Text);
        }
    }
}
