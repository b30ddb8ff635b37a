using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Tests.Rooms.Events;

namespace Matrix.Realtime.Tests.Rooms.Authorization;

/// <summary>
/// A room with its creator, Alice (level 50), Bob (0) and somebody of another server (50), and what they try in it.
/// </summary>
internal static class AuthorizationAttempts
{
    public const string Alice = "@alice:domain";
    public const string Bob = "@bob:domain";
    public const string Newcomer = "@new:domain";
    public const string Outsider = "@outsider:elsewhere";

    public static TestRoom Room(string version, string create) =>
        new TestRoom(version, $$"""{"creator":"{{TestRoom.Creator}}"{{create}}}""")
            .SetMember(Alice, "join").SetMember(Bob, "join").SetMember(Outsider, "join").Levels();

    /// <summary>Sets the power levels. Inviting, kicking and banning take 50 unless told otherwise.</summary>
    public static TestRoom Levels(
        this TestRoom room, string more = "", long alice = 50, int? bob = 0, int outsider = 50, int creator = 100) =>
        room.SetPowerLevels(room.Content(more, "", alice, bob, outsider, creator));

    /// <summary>Alice, or somebody else, changes the power levels.</summary>
    public static PduBuilder Change(
        this TestRoom room,
        string more = "",
        string users = "",
        long alice = 50,
        int? bob = 0,
        int outsider = 50,
        string sender = Alice) =>
        room.Template(EventTypes.PowerLevels, "", sender, room.Content(more, users, alice, bob, outsider));

    public static string Content(
        this TestRoom room,
        string more = "",
        string users = "",
        long alice = 50,
        int? bob = 0,
        int outsider = 50,
        int creator = 100)
    {
        users += bob is null ? "" : $",\"{Bob}\":{bob}";
        users += room.Version.CreatorsArePrivileged ? "" : $",\"{TestRoom.Creator}\":{creator}";
        return $$$"""
            {"invite":50,"kick":50,"ban":50,
             "users":{"{{{Alice}}}":{{{alice}}},"{{{Outsider}}}":{{{outsider}}}{{{users}}}}{{{more}}}}
            """;
    }

    /// <summary>Creates the room.</summary>
    public static PduBuilder Found(this TestRoom room, string more = "") => TestEvents.Template(
        room.Version, EventTypes.Create, "", TestRoom.Creator, $$"""{"creator":"{{TestRoom.Creator}}"{{more}}}""");

    public static PduBuilder Send(this TestRoom room, string sender) =>
        room.Template(EventTypes.Message, null, sender, "{}");

    public static PduBuilder SetTopic(this TestRoom room) => room.Template(EventTypes.Topic, "", Alice, "{}");

    /// <summary>Joins as the first event after the room's creation.</summary>
    public static PduBuilder JoinFirst(this TestRoom room, string user) =>
        room.Without(EventTypes.Member, TestRoom.Creator).Member(user, user, "join") with
        {
            PrevEvents = [room.Create.EventId],
        };

    /// <summary>Bob joins, who had the given membership.</summary>
    public static PduBuilder Join(this TestRoom room, string joinRule, string before) =>
        room.SetJoinRule(joinRule).SetMember(Bob, before).Member(Bob, Bob, "join");

    /// <summary>Somebody joins a restricted room because a member says so.</summary>
    public static PduBuilder JoinVia(this TestRoom room, string via, string joinRule = "restricted") =>
        room.SetJoinRule(joinRule).Member(Newcomer, Newcomer, "join", via);

    /// <summary>Bob knocks, who had the given membership.</summary>
    public static PduBuilder Knock(this TestRoom room, string joinRule, string before = "leave") =>
        room.SetJoinRule(joinRule).SetMember(Bob, before).Member(Bob, Bob, "knock");

    /// <summary>An invite that an identity server vouches for, as far as it could.</summary>
    public static PduBuilder InviteByThirdParty(this TestRoom room)
    {
        room.Set(EventTypes.ThirdPartyInvite, "token", """{"public_key":"key"}""", Alice);
        return room.Template(EventTypes.Member, Newcomer, Alice, $$"""
            {"membership":"invite","third_party_invite":{"signed":{"mxid":"{{Newcomer}}","token":"token"} } }
            """);
    }

    public static PduBuilder By(this PduBuilder attempt, string sender) =>
        attempt with { Sender = UserId.Parse(sender) };
}
