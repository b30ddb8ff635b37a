using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Tests.Rooms.Events;

/// <summary>What a redaction leaves of an event, per room version. SYN-78 serves the result.</summary>
public sealed class EventRedactorTests
{
    private const string PowerLevels = """
        {"ban":1,"events":{"t":1},"events_default":1,"invite":1,"kick":1,"notifications":{"room":1},"redact":1,
         "state_default":1,"users":{"@a:b":1},"users_default":1,"x":1}
        """;

    private const string PowerLevelsBefore11 = """
        {"ban":1,"events":{"t":1},"events_default":1,"kick":1,"redact":1,"state_default":1,"users":{"@a:b":1},
         "users_default":1}
        """;

    private const string PowerLevelsFrom11 = """
        {"ban":1,"events":{"t":1},"events_default":1,"invite":1,"kick":1,"redact":1,"state_default":1,
         "users":{"@a:b":1},"users_default":1}
        """;

    private const string Member = """
        {"membership":"join","displayname":"x","join_authorised_via_users_server":"@a:b",
         "third_party_invite":{"display_name":"x","signed":{"token":"t"}}}
        """;

    private const string MemberBefore11 = """{"membership":"join","join_authorised_via_users_server":"@a:b"}""";

    private const string MemberFrom11 = """
        {"membership":"join","join_authorised_via_users_server":"@a:b","third_party_invite":{"signed":{"token":"t"}}}
        """;

    [Theory]
    [InlineData("m.room.message", """{"body":"x","msgtype":"m.text"}""", "{}", "{}")]
    [InlineData("m.room.member", Member, MemberBefore11, MemberFrom11)]
    [InlineData("m.room.member", """{"third_party_invite":1}""", "{}", "{}")]
    [InlineData("m.room.create", """{"creator":"@a:b","x":1}""",
        """{"creator":"@a:b"}""", """{"creator":"@a:b","x":1}""")]
    [InlineData("m.room.join_rules", """{"join_rule":"restricted","allow":[],"x":1}""",
        """{"allow":[],"join_rule":"restricted"}""", """{"allow":[],"join_rule":"restricted"}""")]
    [InlineData("m.room.power_levels", PowerLevels, PowerLevelsBefore11, PowerLevelsFrom11)]
    [InlineData("m.room.history_visibility", """{"history_visibility":"shared","x":1}""",
        """{"history_visibility":"shared"}""", """{"history_visibility":"shared"}""")]
    [InlineData("m.room.redaction", """{"redacts":"$e","reason":"x"}""", "{}", """{"redacts":"$e"}""")]
    [InlineData("m.room.aliases", """{"aliases":["#a:b"]}""", "{}", "{}")]
    public void Redact_Content_KeepsWhatTheVersionLists(string type, string content, string before11, string from11)
    {
        AssertContent(before11, "10", type, content);
        AssertContent(from11, "11", type, content);
        AssertContent(from11, "12", type, content);
    }

    [Theory]
    [InlineData("10", "membership,origin,prev_state")]
    [InlineData("11", "")]
    [InlineData("12", "")]
    public void Redact_TopLevel_KeepsWhatTheVersionLists(string versionId, string further)
    {
        string[] kept =
        [
            "auth_events", "content", "depth", "event_id", "hashes", "origin_server_ts", "prev_events", "room_id",
            "sender", "signatures", "state_key", "type",
        ];
        string[] all = [.. kept, "membership", "origin", "prev_state", "redacts", "unsigned", "age_ts", "x"];
        var pdu = new JsonObject(all.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject())))
        {
            ["type"] = "t",
        };
        var expected = kept.Concat(further.Split(',').Where(name => name.Length > 0));

        var redacted = Redact(versionId, pdu.ToJsonString());

        Assert.Equal(expected.Order(StringComparer.Ordinal), redacted.Select(member => member.Key));
    }

    // The test vectors of appendices, "Event Signing"; version 10 still has their redaction of the top level.
    [Theory]
    [InlineData(
        """
        {"room_id":"!x:domain","sender":"@a:domain","origin":"domain","origin_server_ts":1000000,"type":"X",
         "content":{},"prev_events":[],"auth_events":[],"depth":3}
        """,
        "5jM4wQpv6lnBo7CLIghJuHdW+s2CMBJPUOGOC89ncos",
        "KxwGjPSDEtvnFgU00fwFz+l6d2pJM6XBIaMEn81SXPTRl16AqLAYqfIReFGZlHi5KLjAWbOoMszkwsQma+lYAg")]
    [InlineData(
        """
        {"content":{"body":"Here is the message content"},"event_id":"$0:domain","origin":"domain",
         "origin_server_ts":1000000,"type":"m.room.message","room_id":"!r:domain","sender":"@u:domain"}
        """,
        "onLKD1bGljeBWQhWZ1kaP9SorVmRQNdN5aM2JYU2n/g",
        "Wm+VzmOUOz08Ds+0NTWb1d4CZrVsJSikkeRxh6aCcUwu6pNC78FunoD7KNWzqFn241eYHYMGCA5McEiVPdhzBA")]
    public void Redact_TestVector_GivesTheSignatureOfTheSpecification(string json, string hash, string signature)
    {
        var version = TestEvents.Version("10");
        using var document = JsonDocument.Parse(json);
        var pdu = new CanonicalObject(document.RootElement);
        Assert.Equal(hash, UnpaddedBase64.Encode(SHA256.HashData(pdu.ToBytes())));

        pdu.Set("hashes", Encoding.UTF8.GetBytes($$"""{"sha256":"{{hash}}"}"""));

        Assert.Equal(signature, TestEvents.Key.Sign(EventRedactor.Redact(version, pdu).ToBytes()));
    }

    private static void AssertContent(string expected, string versionId, string type, string content)
    {
        var redacted = Redact(versionId, $$"""{"type":"{{type}}","content":{{content}}}""");

        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected), redacted["content"]),
            $"Version {versionId}: {redacted["content"]!.ToJsonString()}");
    }

    private static JsonObject Redact(string versionId, string json)
    {
        using var document = JsonDocument.Parse(json);
        return TestEvents.Object(EventRedactor.Redact(TestEvents.Version(versionId), document.RootElement));
    }
}
