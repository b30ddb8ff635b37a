using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;
using Matrix.Realtime.Tests.Rooms.Events;

namespace Matrix.Realtime.Tests.Rooms.Authorization;

/// <summary>A room whose state a test sets at will, created and joined by <c>@creator:domain</c>.</summary>
internal sealed class TestRoom : IRoomStateView
{
    public const string Creator = "@creator:domain";

    private readonly Dictionary<StateSlot, Pdu> _state = [];

    public TestRoom(string versionId, string? createContent = null)
    {
        Version = TestEvents.Version(versionId);
        createContent ??= Version.CreatorInContent ? $$"""{"creator":"{{Creator}}"}""" : "{}";
        Create = Set(EventTypes.Create, "", createContent, Creator);
        SetMember(Creator, "join");
    }

    public RoomVersion Version { get; }

    public Pdu Create { get; }

    public Pdu? Find(string type, string stateKey) => _state.GetValueOrDefault(new(type, stateKey));

    public Pdu Set(string type, string stateKey, string content, string sender = Creator)
    {
        var pdu = Template(type, stateKey, sender, content).Build(TestEvents.Key);
        _state[new(type, stateKey)] = pdu;
        return pdu;
    }

    public TestRoom SetMember(string userId, string membership)
    {
        Set(EventTypes.Member, userId, $$"""{"membership":"{{membership}}"}""", userId);
        return this;
    }

    public TestRoom SetJoinRule(string joinRule)
    {
        Set(EventTypes.JoinRules, "", $$"""{"join_rule":"{{joinRule}}"}""");
        return this;
    }

    public TestRoom SetPowerLevels(string content)
    {
        Set(EventTypes.PowerLevels, "", content);
        return this;
    }

    public TestRoom Without(string type, string stateKey = "")
    {
        _state.Remove(new(type, stateKey));
        return this;
    }

    public PduBuilder Template(string type, string? stateKey, string sender, string content) =>
        TestEvents.Template(Version, type, stateKey, sender, content) with
        {
            RoomId = Create?.RoomId ?? (Version.CreateEventIsRoomId ? null : TestEvents.Room),
            PrevEvents = Create is null ? [] : [EventId.Parse("$previous")],
        };

    public PduBuilder Member(string target, string sender, string membership, string? via = null) => Template(
        EventTypes.Member, target, sender, via is null
            ? $$"""{"membership":"{{membership}}"}"""
            : $$"""{"membership":"{{membership}}","join_authorised_via_users_server":"{{via}}"}""");

    /// <summary>Whether the rules allow the event; a refusal must be M_FORBIDDEN.</summary>
    public bool Allows(PduBuilder template) => Allows(template.Build(TestEvents.Key));

    public bool Allows(Pdu pdu)
    {
        try
        {
            EventAuthorizer.Authorize(Version, pdu, this);
            return true;
        }
        catch (MatrixException exception)
        {
            Assert.Equal(MatrixErrorCodes.Forbidden, exception.ErrorCode);
            return false;
        }
    }

    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
