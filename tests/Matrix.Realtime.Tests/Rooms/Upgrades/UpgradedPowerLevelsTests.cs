using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Rooms.Upgrades;

/// <summary>Who has which power in the room that replaces another, by the versions of both.</summary>
public sealed class UpgradedPowerLevelsTests
{
    private const string Alice = "@alice:localhost";
    private const string Bob = "@bob:localhost";
    private const string Carol = "@carol:localhost";

    [Theory]
    [AllDatabases]
    public async Task Upgrade_BetweenVersionsWithoutPrivilegedCreators_KeepsAllLevels(DatabaseKind kind)
    {
        await using var ground = await GroundAsync(
            kind, "10", """{"users":{"@alice:localhost":100,"@bob:localhost":90}}""");

        Assert.True(JsonNode.DeepEquals(ground.Before, await ground.UpgradeAsync("11")));
    }

    [Theory]
    [AllDatabases]
    public async Task Upgrade_ToPrivilegedCreators_UnlistsThemAndGuardsTheTombstone(DatabaseKind kind)
    {
        await using var ground = await GroundAsync(
            kind, "11", """{"users":{"@alice:localhost":100,"@bob:localhost":90,"@carol:localhost":80}}""");

        var levels = await ground.UpgradeAsync("12", Bob, Bob, Alice);

        Assert.Equal("""{"@carol:localhost":80}""", levels["users"]!.ToJsonString());
        Assert.Equal(150, (int)levels["events"]!["m.room.tombstone"]!);
        Assert.Equal(100, (int)levels["events"]!["m.room.encryption"]!);
        Assert.Equal($"[\"{Bob}\"]", (await ground.CreationAsync())["additional_creators"]!.ToJsonString());
    }

    [Theory]
    [AllDatabases]
    public async Task Upgrade_ToPrivilegedCreators_KeepsTombstoneAboveState(DatabaseKind kind)
    {
        await using var ground = await GroundAsync(
            kind, "11", """{"users":{"@alice:localhost":300},"state_default":200,"events":{"m.room.tombstone":100}}""");

        Assert.Equal(201, (int)(await ground.UpgradeAsync("12"))["events"]!["m.room.tombstone"]!);
    }

    [Theory]
    [AllDatabases]
    public async Task Upgrade_FromPrivilegedCreators_ListsThemAndLeavesNothingOutOfReach(DatabaseKind kind)
    {
        await using var ground = await GroundAsync(
            kind, "12", """{"users":{"@carol:localhost":50},"ban":101,"events":{"a":120,"b":70}}""", Bob);

        var levels = await ground.UpgradeAsync("11");

        Assert.True(JsonNode.DeepEquals(
            new JsonObject { [Alice] = 100, [Bob] = 100, [Carol] = 50 }, levels["users"]));
        Assert.True(JsonNode.DeepEquals(
            new JsonObject { ["a"] = 100, ["b"] = 70, ["m.room.tombstone"] = 100 }, levels["events"]));
        Assert.Equal((100, 50), ((int)levels["ban"]!, (int)levels["kick"]!));
        await ground.Alice.PostInRoomAsync(
            ground.Successor, "upgrade", new JsonObject { ["new_version"] = "12" }).ExpectAsync();
    }

    [Theory]
    [AllDatabases]
    public async Task Upgrade_FromPrivilegedCreators_PutsThemBesideTheHighestUser(DatabaseKind kind)
    {
        await using var ground = await GroundAsync(kind, "12", """{"users":{"@carol:localhost":1000}}""");

        var levels = await ground.UpgradeAsync("11");

        Assert.Equal((1000, 1000), ((int)levels["users"]![Alice]!, (int)levels["users"]![Carol]!));
        Assert.Equal(150, (int)levels["events"]!["m.room.tombstone"]!);
    }

    [Theory]
    [AllDatabases]
    public async Task Upgrade_BetweenVersionsWithPrivilegedCreators_MakesFormerOnesAdministrators(DatabaseKind kind)
    {
        await using var ground = await GroundAsync(kind, "12", """{"users":{"@carol:localhost":50}}""", Bob);

        var levels = await ground.UpgradeAsync("12");

        Assert.True(JsonNode.DeepEquals(new JsonObject { [Bob] = 100, [Carol] = 50 }, levels["users"]));
        Assert.Equal(150, (int)levels["events"]!["m.room.tombstone"]!);
        Assert.Null((await ground.CreationAsync())["additional_creators"]);
    }

    private static async Task<Ground> GroundAsync(
        DatabaseKind kind, string version, string powerLevels, params string[] additionalCreators)
    {
        var database = await TestDatabase.CreateAsync(kind);
        var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync(new JsonObject
        {
            ["room_version"] = version,
            ["power_level_content_override"] = JsonNode.Parse(powerLevels),
            ["creation_content"] = version == "12"
                ? new JsonObject { ["additional_creators"] = new JsonArray([.. additionalCreators]) }
                : [],
        });
        var before = await alice.StateAsync(room, "m.room.power_levels");
        return new Ground(database, app, alice, room, before);
    }

    private sealed record Ground(
        Database Database, RealtimeApplication App, MatrixClient Alice, string Room, JsonObject Before)
        : IAsyncDisposable
    {
        public string Successor { get; private set; } = "";

        /// <summary>Alice upgrades the room; returns the power levels of the new one.</summary>
        public async Task<JsonObject> UpgradeAsync(string version, params string[] additionalCreators)
        {
            JsonObject body = new() { ["new_version"] = version };
            if (additionalCreators.Length > 0)
            {
                body["additional_creators"] = new JsonArray([.. additionalCreators]);
            }

            var answer = await Alice.PostInRoomAsync(Room, "upgrade", body).ExpectAsync();
            Successor = (string)answer["replacement_room"]!;
            return await Alice.StateAsync(Successor, "m.room.power_levels");
        }

        public Task<JsonObject> CreationAsync() => Alice.StateAsync(Successor, "m.room.create");

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            await Database.DisposeAsync();
        }
    }
}
