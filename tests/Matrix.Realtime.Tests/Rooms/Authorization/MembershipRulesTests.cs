using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Tests.Rooms.Authorization;

/// <summary>Rule 5 of room version 12 (4 before), in every version.</summary>
public sealed class MembershipRulesTests
{
    private const string Alice = "@alice:domain";
    private const string Bob = "@bob:domain";

    private static readonly string[] Versions = ["10", "11", "12"];

    // 5.3.4 to 5.3.7
    [Theory]
    [InlineData("public", "leave", true)]
    [InlineData("public", "invite", true)]
    [InlineData("public", "ban", false)]
    [InlineData("invite", "leave", false)]
    [InlineData("invite", "knock", false)]
    [InlineData("invite", "invite", true)]
    [InlineData("invite", "join", true)]
    [InlineData("invite", "ban", false)]
    [InlineData("knock", "leave", false)]
    [InlineData("knock", "knock", false)]
    [InlineData("knock", "invite", true)]
    [InlineData("restricted", "leave", false)]
    [InlineData("restricted", "invite", true)]
    [InlineData("knock_restricted", "knock", false)]
    [InlineData("knock_restricted", "join", true)]
    [InlineData("private", "invite", false)]
    public void Join_ByJoinRuleAndMembership_IsDecided(string joinRule, string membership, bool allowed)
    {
        foreach (var version in Versions)
        {
            var room = new TestRoom(version).SetJoinRule(joinRule).SetMember(Alice, membership);

            Assert.Equal(allowed, room.Allows(room.Member(Alice, Alice, "join")));
        }
    }

    [Fact]
    public void Join_NoJoinRules_IsForInvitedUsers()
    {
        var room = new TestRoom("12").SetMember(Alice, "invite");

        Assert.True(room.Allows(room.Member(Alice, Alice, "join")));
        Assert.False(room.Allows(room.Member(Bob, Bob, "join")));
    }

    // 5.2 and 5.3.5.2
    [Theory]
    [InlineData("restricted", TestRoom.Creator, true)]
    [InlineData("knock_restricted", TestRoom.Creator, true)]
    [InlineData("restricted", "@unprivileged:domain", false)]
    [InlineData("restricted", "@absent:domain", false)]
    [InlineData("restricted", "@unsigned:elsewhere", false)]
    [InlineData("restricted", "nobody", false)]
    [InlineData("invite", TestRoom.Creator, false)]
    public void Join_AuthorisedViaUser_NeedsOneWhoMayInvite(string joinRule, string via, bool allowed)
    {
        foreach (var version in Versions)
        {
            var room = new TestRoom(version).SetJoinRule(joinRule)
                .SetPowerLevels(PowerLevels(version, """{"@unsigned:elsewhere":60}"""))
                .SetMember("@unprivileged:domain", "join").SetMember("@unsigned:elsewhere", "join");

            Assert.Equal(allowed, room.Allows(room.Member(Alice, Alice, "join", via)));
        }
    }

    // 5.3.1 and 5.3.2
    [Theory]
    [InlineData("10")]
    [InlineData("11")]
    [InlineData("12")]
    public void Join_DirectlyAfterCreate_IsForTheCreatorOnly(string version)
    {
        var room = new TestRoom(version);
        room.Remove(EventTypes.Member, TestRoom.Creator);
        IReadOnlyList<EventId> first = [room.Create.EventId];

        Assert.True(room.Allows(room.Member(TestRoom.Creator, TestRoom.Creator, "join") with { PrevEvents = first }));
        Assert.False(room.Allows(room.Member(Alice, Alice, "join") with { PrevEvents = first }));
        Assert.False(room.Allows(room.Member(TestRoom.Creator, TestRoom.Creator, "join")));
        Assert.False(room.SetJoinRule("public").Allows(room.Member(Alice, Bob, "join")));
    }

    // 5.4
    [Theory]
    [InlineData("join", 50, "leave", true)]
    [InlineData("join", 50, "invite", true)]
    [InlineData("join", 50, "knock", true)]
    [InlineData("join", 50, "join", false)]
    [InlineData("join", 50, "ban", false)]
    [InlineData("join", 49, "leave", false)]
    [InlineData("leave", 50, "leave", false)]
    [InlineData("invite", 50, "leave", false)]
    public void Invite_ByMembershipsAndLevel_IsDecided(string sender, int level, string target, bool allowed) =>
        AssertTransition("invite", sender, level, target, 0, allowed);

    // 5.5.2 to 5.5.5: ban takes 60, kick takes 50.
    [Theory]
    [InlineData("join", 50, "join", 49, true)]
    [InlineData("join", 50, "invite", 49, true)]
    [InlineData("join", 50, "knock", 0, true)]
    [InlineData("join", 50, "join", 50, false)]
    [InlineData("join", 49, "join", 0, false)]
    [InlineData("leave", 50, "join", 0, false)]
    [InlineData("join", 60, "ban", 0, true)]
    [InlineData("join", 59, "ban", 0, false)]
    [InlineData("join", 60, "ban", 60, false)]
    public void Kick_ByMembershipsAndLevels_IsDecided(
        string sender, int level, string target, int targetLevel, bool allowed) =>
        AssertTransition("leave", sender, level, target, targetLevel, allowed);

    // 5.6
    [Theory]
    [InlineData("join", 60, "join", 59, true)]
    [InlineData("join", 60, "leave", 0, true)]
    [InlineData("join", 60, "ban", 0, true)]
    [InlineData("join", 60, "join", 60, false)]
    [InlineData("join", 59, "join", 0, false)]
    [InlineData("leave", 60, "join", 0, false)]
    public void Ban_ByMembershipsAndLevels_IsDecided(
        string sender, int level, string target, int targetLevel, bool allowed) =>
        AssertTransition("ban", sender, level, target, targetLevel, allowed);

    // 5.5.1
    [Theory]
    [InlineData("join", true)]
    [InlineData("invite", true)]
    [InlineData("knock", true)]
    [InlineData("leave", false)]
    [InlineData("ban", false)]
    public void Leave_ByOwnMembership_IsDecided(string membership, bool allowed)
    {
        var room = new TestRoom("12").SetMember(Alice, membership);

        Assert.Equal(allowed, room.Allows(room.Member(Alice, Alice, "leave")));
    }

    // 5.7
    [Theory]
    [InlineData("knock", "leave", true)]
    [InlineData("knock_restricted", "leave", true)]
    [InlineData("knock", "knock", true)]
    [InlineData("knock", "invite", false)]
    [InlineData("knock", "join", false)]
    [InlineData("knock", "ban", false)]
    [InlineData("invite", "leave", false)]
    [InlineData("public", "leave", false)]
    [InlineData("restricted", "leave", false)]
    public void Knock_ByJoinRuleAndMembership_IsDecided(string joinRule, string membership, bool allowed)
    {
        var room = new TestRoom("11").SetJoinRule(joinRule).SetMember(Alice, membership);

        Assert.Equal(allowed, room.Allows(room.Member(Alice, Alice, "knock")));
        Assert.False(room.Allows(room.Member(Alice, Bob, "knock")));
    }

    // 5.1 and 5.8
    [Theory]
    [InlineData("@alice:domain", """{"membership":"guest"}""")]
    [InlineData("@alice:domain", "{}")]
    [InlineData("@alice:domain", """{"membership":1}""")]
    [InlineData("alice", """{"membership":"join"}""")]
    [InlineData(null, """{"membership":"join"}""")]
    public void Member_MalformedEvent_IsRefused(string? stateKey, string content)
    {
        var room = new TestRoom("12").SetJoinRule("public");

        Assert.False(room.Allows(room.Template(EventTypes.Member, stateKey, Alice, content)));
    }

    [Fact]
    public void Invite_ThirdParty_IsRefused()
    {
        var room = new TestRoom("12");
        const string content = """{"membership":"invite","third_party_invite":{"signed":{"mxid":"@alice:domain"}}}""";

        Assert.False(room.Allows(room.Template(EventTypes.Member, Alice, TestRoom.Creator, content)));
    }

    private static void AssertTransition(
        string membership, string sender, int level, string target, int targetLevel, bool allowed)
    {
        foreach (var version in Versions)
        {
            var room = new TestRoom(version).SetMember(Alice, sender).SetMember(Bob, target)
                .SetPowerLevels(PowerLevels(version, $$"""{"{{Alice}}":{{level}},"{{Bob}}":{{targetLevel}}}"""));

            Assert.Equal(allowed, room.Allows(room.Member(Bob, Alice, membership)));
        }
    }

    private static string PowerLevels(string version, string users)
    {
        var all = version == "12" ? users : $$"""{{users[..^1]}},"{{TestRoom.Creator}}":100}""";
        return $$"""{"invite":50,"kick":50,"ban":60,"users":{{all}}}""";
    }
}
