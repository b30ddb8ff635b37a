using System.Text.Json.Nodes;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Creation;
using Matrix.Realtime.Rooms.Versions;
using Matrix.Realtime.Tests.Rooms.Authorization;
using Matrix.Realtime.Tests.Rooms.Events;

namespace Matrix.Realtime.Tests.Rooms.Creation;

/// <summary>The power levels that a room starts with, per version and preset.</summary>
public sealed class DefaultPowerLevelsTests
{
    private const string Creator = "@creator:domain";

    [Theory]
    [InlineData("10", 100)]
    [InlineData("11", 100)]
    [InlineData("12", 150)]
    public void Build_AnyVersion_SetsCreatorAndTombstone(string version, int tombstone)
    {
        var content = Build(version, RoomPreset.PrivateChat);

        Assert.Equal(tombstone, Level(content, "events", "m.room.tombstone"));
        Assert.Equal(50, content["state_default"]!.GetValue<int>());
        Assert.Equal(version == "12" ? null : 100, Level(content, "users", Creator));
        Assert.Equal(100, Level(content, "events", "m.room.power_levels"));
    }

    [Theory]
    [InlineData("private_chat", 0)]
    [InlineData("trusted_private_chat", 0)]
    [InlineData("public_chat", 50)]
    public void Build_ByPreset_SetsTheInviteLevel(string name, int invite)
    {
        Assert.True(RoomPreset.TryGet(name, out var preset));
        Assert.Equal(invite, Build("12", preset)["invite"]!.GetValue<int>());
    }

    [Fact]
    public void Build_Peers_AreListedBeforeVersion12()
    {
        Assert.Equal(100, Level(Build("11", RoomPreset.TrustedPrivateChat, peer: "@b:domain"), "users", "@b:domain"));
        Assert.Empty(Build("12", RoomPreset.TrustedPrivateChat, peer: "@b:domain")["users"]!.AsObject());
    }

    [Fact]
    public void Build_Override_ReplacesWholeProperties()
    {
        const string overrides = """{"invite":70,"events":{"x":1},"users":{"@b:domain":5},"y":[]}""";
        var content = Build("12", RoomPreset.PrivateChat, overrides);

        Assert.Equal(70, content["invite"]!.GetValue<int>());
        Assert.Equal("""{"m.room.tombstone":150,"x":1}""", content["events"]!.ToJsonString());
        Assert.Equal("""{"@b:domain":5}""", content["users"]!.ToJsonString());
        Assert.NotNull(content["y"]);
    }

    [Theory]
    [InlineData("""{"events":{"m.room.tombstone":100}}""", 100)]
    [InlineData("""{"state_default":200,"events":{}}""", 201)]
    [InlineData("""{"state_default":200}""", 201)]
    public void Build_OverrideInVersion12_KeepsTombstonesAboveOtherState(string overrides, int tombstone) =>
        Assert.Equal(tombstone, Level(Build("12", RoomPreset.PrivateChat, overrides), "events", "m.room.tombstone"));

    [Theory]
    [InlineData("11", """{"ban":"50"}""")]
    [InlineData("11", """{"users":{"@b:domain":100}}""")]
    [InlineData("12", """{"users":{"@creator:domain":100}}""")]
    [InlineData("12", """{"users":{"@peer:domain":100}}""")]
    [InlineData("12", """{"events":null}""")]
    [InlineData("12", "[]")]
    public void Build_InvalidOverride_ThrowsBadJson(string version, string overrides)
    {
        var exception = Assert.Throws<MatrixException>(
            () => Build(version, RoomPreset.PrivateChat, overrides, "@peer:domain"));

        Assert.Equal(MatrixErrorCodes.BadJson, exception.ErrorCode);
    }

    [Fact]
    public void ForVisibility_NoPresetGiven_FollowsTheDirectory()
    {
        Assert.Equal("public", RoomPreset.ForVisibility(isPublic: true).JoinRule);
        Assert.Equal("invite", RoomPreset.ForVisibility(isPublic: false).JoinRule);
        Assert.False(RoomPreset.TryGet("other", out _));
        Assert.False(RoomVersion.TryGet("9", out _));
        Assert.Equal("12", RoomVersion.Default.Id);
    }

    private static JsonObject Build(string version, RoomPreset preset, string? overrides = null, string? peer = null)
    {
        UserId[] peers = peer is null ? [] : [UserId.Parse(peer)];
        var element = overrides is null ? default : TestRoom.Json(overrides);
        return TestEvents.Object(
            DefaultPowerLevels.Build(TestEvents.Version(version), preset, UserId.Parse(Creator), peers, element));
    }

    private static int? Level(JsonObject content, string map, string key) => content[map]?[key]?.GetValue<int>();
}
