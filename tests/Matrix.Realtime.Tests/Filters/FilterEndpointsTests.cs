using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Filters;

// FLT-1 to FLT-4, SYN-4
public sealed class FilterEndpointsTests
{
    private const string Definition =
        """{ "room": {"timeline":{"limit":5}}, "org.example.unknown": 0.5 }""";

    [Theory]
    [AllDatabases]
    public async Task GetFilter_Uploaded_ReturnsDefinitionAsItWas(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        var alice = await server.RegisterAsync("alice");

        var id = await DefineAsync(alice, Definition);

        Assert.Equal(Definition, (await alice.GetAsync($"{Path(alice)}/{id}")).Text);
        Assert.False(id.StartsWith('{'));
    }

    [Theory]
    [AllDatabases]
    public async Task GetFilter_AfterRestart_StillReturnsDefinition(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var first = await RealtimeApplication.StartAsync(database);
        var alice = await first.RegisterAsync("alice");
        var id = await DefineAsync(alice, Definition);

        await using var second = await first.RestartAsync();

        var again = second.WithToken(alice.AccessToken);
        Assert.Equal(Definition, (await again.GetAsync($"{Path(alice)}/{id}")).Text);
    }

    [Theory]
    [AllDatabases]
    public async Task DefineFilter_SameDefinitionAgain_ReturnsSameId(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        var alice = await server.RegisterAsync("alice");
        var bob = await server.RegisterAsync("bob");

        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DefineAsync(alice, Definition)));

        Assert.Single(ids.Distinct());
        Assert.Equal(ids[0], await DefineAsync(alice, Definition));
        Assert.NotEqual(ids[0], await DefineAsync(alice, "{}"));
        await bob.GetAsync($"{Path(bob)}/{ids[0]}").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
    }

    [Theory]
    [AllDatabases]
    public async Task Filters_OfAnotherUser_AreForbidden(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        var alice = await server.RegisterAsync("alice");
        var bob = await server.RegisterAsync("bob");
        var id = await DefineAsync(alice, Definition);

        await bob.GetAsync($"{Path(alice)}/{id}").ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        await bob.PostAsync(Path(alice), new JsonObject()).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
    }

    [Theory]
    [AllDatabases("{\"room\":{\"timeline\":{\"limit\":\"many\"}}}", "M_BAD_JSON")]
    [AllDatabases("[]", "M_BAD_JSON")]
    [AllDatabases("{", "M_NOT_JSON")]
    public async Task DefineFilter_Malformed_IsRefused(DatabaseKind kind, string definition, string errorCode)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        var alice = await server.RegisterAsync("alice");

        await PostAsync(alice, definition).ExpectErrorAsync(HttpStatusCode.BadRequest, errorCode);
    }

    [Theory]
    [AllDatabases]
    public async Task GetFilter_Unknown_ReturnsNotFound(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        var alice = await server.RegisterAsync("alice");

        await alice.GetAsync($"{Path(alice)}/none").ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
    }

    private static string Path(MatrixClient client) => $"user/{MatrixClient.Escape(client.UserId)}/filter";

    private static Task<MatrixResponse> PostAsync(MatrixClient client, string definition) =>
        client.SendAsync(HttpMethod.Post, Path(client), MatrixClient.JsonContent(definition));

    private static async Task<string> DefineAsync(MatrixClient client, string definition) =>
        (string)(await PostAsync(client, definition).ExpectAsync())["filter_id"]!;
}
