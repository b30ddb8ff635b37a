using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Events;
using static Matrix.Realtime.Tests.Rooms.Authorization.AuthorizationAttempts;

namespace Matrix.Realtime.Tests.Rooms.Authorization;

/// <summary>
/// The authorisation rules by their numbers in room version 12 (in 10 and 11 those from 3 on count one less). Rule 3,
/// about <c>auth_events</c>, is kept where they are chosen.
/// </summary>
public sealed class AuthorizationRulesTests
{
    private const string Creator = TestRoom.Creator;

    private static readonly string[] LevelNames =
        ["users_default", "events_default", "state_default", "ban", "redact", "kick", "invite"];

    private static readonly AuthorizationRule[] Rules =
    [
        new("1.1", room => room.Found(), room => room.Found() with { PrevEvents = [EventId.Parse("$previous")] }),
        new("1.2", room => room.Found(), room => room.Found() with { RoomId = RoomId.Parse("!r:elsewhere") }),
        new("1.3", room => room.Found(",\"room_version\":\"11\""), room => room.Found(",\"room_version\":\"0\"")),
        new("1.4", room => room.Found(), room => room.Found() with { Content = "{}"u8.ToArray() })
        {
            Versions = ["10"],
        },
        new(
            "1.4, no creator",
            room => room.Found() with { Content = "{}"u8.ToArray() },
            room => room.Found().By(Outsider))
        {
            Versions = ["11"],
        },
        new(
            "1.4, additional creators",
            room => room.Found(",\"additional_creators\":[\"@alice:domain\"]"),
            room => room.Found(",\"additional_creators\":[\"alice\"]"))
        {
            Versions = ["12"],
        },
        new("2", room => room.Send(Alice), room => room.Send(Alice) with { RoomId = RoomId.Parse("!other:domain") }),
        new("2, no room", room => room.Send(Alice), room => room.Without(EventTypes.Create).Send(Alice)),
        new("4", room => room.Send(Alice), room => room.Send(Outsider)) { Create = ",\"m.federate\":false" },
        new(
            "5.1, state key",
            room => room.Member(Bob, Bob, "leave"),
            room => room.Member(Bob, Bob, "leave") with { StateKey = null }),
        new(
            "5.1, user",
            room => room.Member(Bob, Bob, "leave"),
            room => room.Member(Bob, Bob, "leave") with { StateKey = "bob" }),
        new(
            "5.1, membership",
            room => room.Member(Bob, Bob, "leave"),
            room => room.Template(EventTypes.Member, Bob, Bob, "{}")),
        new("5.2", room => room.JoinVia(Alice), room => room.JoinVia(Outsider)),
        new("5.2, user", room => room.JoinVia(Alice), room => room.JoinVia("alice")),
        new("5.3.1", room => room.JoinFirst(Creator), room => room.JoinFirst(Newcomer)),
        new(
            "5.3.1, later",
            room => room.JoinFirst(Creator),
            room => room.Without(EventTypes.Member, Creator).Member(Creator, Creator, "join")),
        new("5.3.2", room => room.Join("public", "leave"), room => room.Join("public", "leave").By(Alice)),
        new("5.3.3", room => room.Join("public", "leave"), room => room.Join("public", "ban")),
        new("5.3.4, invite", room => room.Join("invite", "invite"), room => room.Join("invite", "leave")),
        new(
            "5.3.4, no rule",
            room => room.SetMember(Bob, "invite").Member(Bob, Bob, "join"),
            room => room.SetMember(Bob, "leave").Member(Bob, Bob, "join")),
        new(
            "5.3.4, via",
            room => room.JoinVia(Alice, joinRule: "knock_restricted"),
            room => room.JoinVia(Alice, joinRule: "knock")),
        new("5.3.4, knock", room => room.Join("knock", "join"), room => room.Join("knock", "knock")),
        new("5.3.5.1", room => room.Join("restricted", "invite"), room => room.Join("restricted", "leave")),
        new(
            "5.3.5.1, knock",
            room => room.Join("knock_restricted", "join"),
            room => room.Join("knock_restricted", "knock")),
        new("5.3.5.2, power", room => room.JoinVia(Alice), room => room.JoinVia(Bob)),
        new("5.3.5.2, member", room => room.JoinVia(Alice), room => room.SetMember(Alice, "leave").JoinVia(Alice)),
        new("5.3.6, 5.3.7", room => room.Join("public", "leave"), room => room.Join("private", "invite")),
        new("5.4.1", room => room.Member(Newcomer, Alice, "invite"), room => room.InviteByThirdParty()),
        new(
            "5.4.2",
            room => room.Member(Newcomer, Alice, "invite"),
            room => room.SetMember(Alice, "leave").Member(Newcomer, Alice, "invite")),
        new(
            "5.4.3, join",
            room => room.SetMember(Bob, "knock").Member(Bob, Alice, "invite"),
            room => room.Member(Bob, Alice, "invite")),
        new(
            "5.4.3, ban",
            room => room.SetMember(Bob, "leave").Member(Bob, Alice, "invite"),
            room => room.SetMember(Bob, "ban").Member(Bob, Alice, "invite")),
        new(
            "5.4.4, 5.4.5",
            room => room.Member(Newcomer, Alice, "invite"),
            room => room.Member(Newcomer, Bob, "invite")),
        new(
            "5.5.1, join",
            room => room.Member(Bob, Bob, "leave"),
            room => room.SetMember(Bob, "leave").Member(Bob, Bob, "leave")),
        new(
            "5.5.1, knock",
            room => room.SetMember(Bob, "knock").Member(Bob, Bob, "leave"),
            room => room.SetMember(Bob, "ban").Member(Bob, Bob, "leave")),
        new(
            "5.5.2",
            room => room.Member(Bob, Alice, "leave"),
            room => room.SetMember(Alice, "invite").Member(Bob, Alice, "leave")),
        new(
            "5.5.3",
            room => room.Levels(",\"ban\":50").SetMember(Bob, "ban").Member(Bob, Alice, "leave"),
            room => room.Levels(",\"ban\":51").SetMember(Bob, "ban").Member(Bob, Alice, "leave")),
        new(
            "5.5.4, 5.5.5, kick",
            room => room.Levels(",\"kick\":50").Member(Bob, Alice, "leave"),
            room => room.Levels(",\"kick\":51").Member(Bob, Alice, "leave")),
        new(
            "5.5.4, 5.5.5, target",
            room => room.Levels(bob: 49).Member(Bob, Alice, "leave"),
            room => room.Levels(bob: 50).Member(Bob, Alice, "leave")),
        new(
            "5.5.4, 5.5.5, invite",
            room => room.SetMember(Newcomer, "invite").Member(Newcomer, Alice, "leave"),
            room => room.SetMember(Newcomer, "invite").Member(Newcomer, Bob, "leave")),
        new(
            "5.6.1",
            room => room.Member(Bob, Alice, "ban"),
            room => room.SetMember(Alice, "leave").Member(Bob, Alice, "ban")),
        new(
            "5.6.2, 5.6.3, ban",
            room => room.Levels(",\"ban\":50").Member(Bob, Alice, "ban"),
            room => room.Levels(",\"ban\":51").Member(Bob, Alice, "ban")),
        new(
            "5.6.2, 5.6.3, target",
            room => room.Levels(bob: 49).Member(Bob, Alice, "ban"),
            room => room.Levels(bob: 50).Member(Bob, Alice, "ban")),
        new("5.7.1", room => room.Knock("knock"), room => room.Knock("restricted")),
        new("5.7.1, restricted", room => room.Knock("knock_restricted"), room => room.Knock("public")),
        new("5.7.2", room => room.Knock("knock"), room => room.SetMember(Alice, "leave").Knock("knock").By(Alice)),
        new("5.7.3, 5.7.4, ban", room => room.Knock("knock", "knock"), room => room.Knock("knock", "ban")),
        new("5.7.3, 5.7.4, invite", room => room.Knock("knock", "leave"), room => room.Knock("knock", "invite")),
        new("5.7.3, 5.7.4, join", room => room.Knock("knock", "leave"), room => room.Knock("knock", "join")),
        new("5.8", room => room.Member(Bob, Bob, "leave"), room => room.Member(Bob, Bob, "vanish")),
        new("6, other server", room => room.Send(Outsider), room => room.SetMember(Outsider, "leave").Send(Outsider)),
        new("6", room => room.Send(Bob), room => room.SetMember(Bob, "invite").Send(Bob)),
        new(
            "7",
            room => room.Template(EventTypes.ThirdPartyInvite, "token", Alice, "{}"),
            room => room.Levels(",\"state_default\":0").Template(EventTypes.ThirdPartyInvite, "token", Bob, "{}")),
        new(
            "8, message",
            room => room.Levels(",\"events_default\":50").Send(Alice),
            room => room.Levels(",\"events_default\":51").Send(Alice)),
        new(
            "8, state",
            room => room.Levels(",\"state_default\":50").SetTopic(),
            room => room.Levels(",\"state_default\":51").SetTopic()),
        new(
            "8, type",
            room => room.Levels(",\"state_default\":51,\"events\":{\"m.room.topic\":50}").SetTopic(),
            room => room.Levels(",\"events\":{\"m.room.topic\":51}").SetTopic()),
        new("9", room => room.Template("t", Alice, Alice, "{}"), room => room.Template("t", Bob, Alice, "{}")),
        .. LevelNames.Select(name => new AuthorizationRule(
            $"10.1, {name}",
            room => room.Change($",\"{name}\":50"),
            room => room.Change($",\"{name}\":\"50\""))),
        new(
            "10.2, events",
            room => room.Change(",\"events\":{\"a\":50}"),
            room => room.Change(",\"events\":{\"a\":\"50\"}")),
        new(
            "10.2, notifications",
            room => room.Change(",\"notifications\":{}"),
            room => room.Change(",\"notifications\":50")),
        new("10.3, users", room => room.Change(), room => room.Change(",\"users\":[]")),
        new("10.3, ids", room => room.Change(users: ",\"@new:domain\":1"), room => room.Change(users: ",\"new\":1")),
        new(
            "10.3, levels",
            room => room.Change(users: ",\"@new:domain\":1"),
            room => room.Change(users: ",\"@new:domain\":\"1\"")),
        new(
            "10.4",
            room => room.Change(users: ",\"@new:domain\":1"),
            room => room.Change(users: ",\"@creator:domain\":1").By(Creator))
        {
            Versions = ["12"],
        },
        new(
            "10.4, additional creators",
            room => room.Change(users: ",\"@other:domain\":1"),
            room => room.Change(users: ",\"@new:domain\":1"))
        {
            Versions = ["12"],
            Create = ",\"additional_creators\":[\"@new:domain\"]",
        },
        new("10.5", ChangeFromNothing, room => room.Change(",\"ban\":1000")),
        new(
            "10.6.1",
            room => room.Levels(",\"redact\":50").Change(",\"redact\":0"),
            room => room.Levels(",\"redact\":51").Change(",\"redact\":0")),
        new(
            "10.6.1, removed",
            room => room.Levels(",\"redact\":50").Change(),
            room => room.Levels(",\"redact\":51").Change()),
        .. LevelNames.Select(name => new AuthorizationRule(
            $"10.6.2, {name}",
            room => room.Change($",\"{name}\":50"),
            room => room.Change($",\"{name}\":51"))),
        new(
            "10.7",
            room => room.Levels(",\"events\":{\"a\":50}").Change(),
            room => room.Levels(",\"events\":{\"a\":51}").Change()),
        new(
            "10.7, added",
            room => room.Change(",\"events\":{\"a\":50}"),
            room => room.Change(",\"events\":{\"a\":51}")),
        new(
            "10.8",
            room => room.Change(",\"notifications\":{\"a\":50}"),
            room => room.Change(",\"notifications\":{\"a\":51}")),
        new("10.9", room => room.Levels(bob: 49).Change(bob: null), room => room.Levels(bob: 50).Change(bob: null)),
        new("10.9, own", room => room.Change(alice: 1), room => room.Change(outsider: 1)),
        new("10.10", room => room.Change(bob: 50), room => room.Change(bob: 51)),
        new("10.10, own", room => room.Change(alice: 50), room => room.Change(alice: 51)),
        new(
            "10.10, added",
            room => room.Change(users: ",\"@new:domain\":50"),
            room => room.Change(users: ",\"@new:domain\":51")),
        new(
            "10, message",
            room => room.Template(EventTypes.PowerLevels, null, Alice, room.Content()),
            room => room.Template(EventTypes.PowerLevels, null, Alice, room.Content(",\"ban\":51"))),
        new(
            "11, aliases of any server",
            room => room.Template("m.room.aliases", "elsewhere", Alice, "{}"),
            room => room.Template("m.room.aliases", "domain", Bob, "{}")),
        new(
            "11, redaction at any redact level",
            room => room.Levels(",\"redact\":100").Template(EventTypes.Redaction, null, Bob, "{}"),
            room => room.Levels(",\"redact\":0,\"events\":{\"m.room.redaction\":1}")
                .Template(EventTypes.Redaction, null, Bob, "{}")),
        new(
            "creators as levels say",
            room => room.Levels(creator: 0).Member(Creator, Alice, "ban"),
            room => room.Levels(creator: 100).Member(Creator, Alice, "ban"))
        {
            Versions = ["10", "11"],
        },
        new(
            "creators above all levels",
            room => room.Levels(alice: CanonicalJson.MaxInteger).Member(Alice, Creator, "ban"),
            room => room.Levels(alice: CanonicalJson.MaxInteger).Member(Creator, Alice, "ban"))
        {
            Versions = ["12"],
        },
        new(
            "creators bound by no level",
            room => room.Levels(",\"state_default\":1000,\"ban\":1000").Change(sender: Creator),
            room => room.Levels(",\"ban\":1000").Change())
        {
            Versions = ["12"],
        },
        new(
            "creators among each other",
            room => room.Member(Alice, Newcomer, "leave"),
            room => room.Member(Creator, Newcomer, "leave"))
        {
            Versions = ["12"],
            Create = ",\"additional_creators\":[\"@new:domain\"]",
        },
    ];

    public static TheoryData<string, string, int> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, int>();
            for (var index = 0; index < Rules.Length; index++)
            {
                foreach (var version in Rules[index].Versions)
                {
                    rows.Add(Rules[index].Number, version, index);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Rule_InItsVersion_LetsPassAndStops(string number, string version, int index)
    {
        var rule = Rules[index];

        Assert.True(IsAllowed(rule.Passed), $"Rule {number} stops what it should let pass.");
        Assert.False(IsAllowed(rule.Stopped), $"Rule {number} lets pass what it should stop.");

        bool IsAllowed(Func<TestRoom, PduBuilder> attempt)
        {
            var room = Room(version, rule.Create);
            if (rule.Create.Contains(Newcomer, StringComparison.Ordinal))
            {
                room.SetMember(Newcomer, "join");
            }

            return room.Allows(attempt(room));
        }
    }

    private static PduBuilder ChangeFromNothing(TestRoom room)
    {
        var change = room.Change(",\"ban\":1000", sender: Creator);
        room.Without(EventTypes.PowerLevels);
        return change;
    }
}
