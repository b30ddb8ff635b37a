using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Tests.Rooms.Events;

/// <summary>Hashes, signatures and ids of new events.</summary>
public sealed class PduBuilderTests
{
    [Theory]
    [InlineData("10")]
    [InlineData("11")]
    [InlineData("12")]
    public void Build_AnyVersion_HashesSignsAndNamesTheEvent(string versionId)
    {
        var version = TestEvents.Version(versionId);
        var pdu = Message(version).Build(TestEvents.Key);
        using var document = JsonDocument.Parse(pdu.Json);
        var whole = new CanonicalObject(document.RootElement);
        var essential = EventRedactor.Redact(version, whole).Without("signatures").ToBytes();
        var contentHash = SHA256.HashData(whole.Without("hashes", "signatures").ToBytes());
        var json = TestEvents.Object(pdu.Json);
        var signature = json["signatures"]!["domain"]!["ed25519:1"]!.GetValue<string>();
        Assert.True(UnpaddedBase64.TryDecode(signature, out var bytes));

        Assert.Equal(UnpaddedBase64.Encode(contentHash), json["hashes"]!["sha256"]!.GetValue<string>());
        Assert.True(ServerSigningKey.Verify(TestEvents.Key.PublicKey, essential, bytes));
        Assert.Equal("$" + UnpaddedBase64.EncodeUrlSafe(SHA256.HashData(essential)), pdu.EventId.Value);
        Assert.Equal(CanonicalJson.Serialize(document.RootElement), pdu.Json.ToArray());
    }

    [Fact]
    public void Build_KnownEvent_HasTheIdComputedElsewhere()
    {
        var pdu = Message(RoomVersion.V12).Build(TestEvents.Key);

        Assert.Equal("$TVvcPJr0eG9h_U-2Ue3zIDEt0DLsLZbl4WgEvZ0UObo", pdu.EventId.Value);
    }

    [Theory]
    [InlineData("10")]
    [InlineData("11")]
    [InlineData("12")]
    public void Build_RedactedEvent_KeepsItsId(string versionId)
    {
        var version = TestEvents.Version(versionId);
        var pdu = Message(version).Build(TestEvents.Key);
        using var redacted = JsonDocument.Parse(EventRedactor.Redact(version, pdu).Json);
        var essential = new CanonicalObject(redacted.RootElement).Without("signatures").ToBytes();

        Assert.Equal("$" + UnpaddedBase64.EncodeUrlSafe(SHA256.HashData(essential)), pdu.EventId.Value);
    }

    [Fact]
    public void Build_CreateEventOfVersion12_GivesTheRoomItsId()
    {
        var pdu = TestEvents.Template(RoomVersion.V12, EventTypes.Create, "", "@a:domain", """{"room_version":"12"}""")
            .Build(TestEvents.Key);

        Assert.False(TestEvents.Object(pdu.Json).ContainsKey("room_id"));
        Assert.Equal("!" + pdu.EventId.Value[1..], pdu.RoomId.Value);
    }

    [Theory]
    [InlineData("10", true)]
    [InlineData("11", false)]
    [InlineData("12", false)]
    public void Build_Redaction_PutsRedactsWhereTheVersionWantsIt(string versionId, bool topLevel)
    {
        var target = EventId.Parse("$target");
        var template = TestEvents.Template(
            TestEvents.Version(versionId), EventTypes.Redaction, null, "@a:domain", """{"reason":"spam"}""");
        var pdu = (template with { Redacts = target }).Build(TestEvents.Key);
        var json = TestEvents.Object(pdu.Json);

        Assert.Equal(topLevel, json.ContainsKey("redacts"));
        Assert.Equal(!topLevel, json["content"]!.AsObject().ContainsKey("redacts"));
        Assert.Equal(target, pdu.Redacts);
    }

    [Fact]
    public void Build_Fields_AreReadBack()
    {
        var template = TestEvents.Template(RoomVersion.V11, EventTypes.Member, "@b:domain", "@a:domain", """
            {"membership":"invite","displayname":"Ünï \"q\""}
            """) with
        {
            PrevEvents = [EventId.Parse("$p1"), EventId.Parse("$p2")],
            AuthEvents = [EventId.Parse("$a")],
            Depth = 7,
        };
        var pdu = template.Build(TestEvents.Key);

        Assert.Equal(("m.room.member", "@b:domain", "@a:domain"), (pdu.Type, pdu.StateKey, pdu.Sender.Value));
        Assert.Equal((7, 1_000_000, TestEvents.Room), (pdu.Depth, pdu.OriginServerTs, pdu.RoomId));
        Assert.Equal(template.PrevEvents, pdu.PrevEvents);
        Assert.Equal(template.AuthEvents, pdu.AuthEvents);
        Assert.Equal(template.Content.ToArray(), pdu.ContentJson.ToArray());
        Assert.Equal(Memberships.Invite, pdu.Membership);
        Assert.True(pdu.IsSignedBy("domain"));
        Assert.False(pdu.IsSignedBy("elsewhere"));
    }

    // Client-server API, "Size limits".
    [Fact]
    public void Build_EventOverItsLimit_ThrowsTooLarge()
    {
        var spare = PduBuilder.MaxEventBytes - Sized(0).Build(TestEvents.Key).Json.Length;

        Assert.Equal(PduBuilder.MaxEventBytes, Sized(spare).Build(TestEvents.Key).Json.Length);
        AssertRefused(Sized(spare + 1), MatrixErrorCodes.TooLarge);
    }

    [Fact]
    public void Build_FieldOverItsLimit_ThrowsTooLarge()
    {
        var template = Message(RoomVersion.V12);
        (template with { Type = new string('t', 255), StateKey = new string('s', 255) }).Build(TestEvents.Key);

        AssertRefused(template with { Type = new string('ü', 128) }, MatrixErrorCodes.TooLarge);
        AssertRefused(template with { StateKey = new string('s', 256) }, MatrixErrorCodes.TooLarge);
    }

    [Fact]
    public void Build_ContentNoObjectOrTooDeep_ThrowsBadJson()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 61)) + "1" + new string('}', 61);

        AssertRefused(Message(RoomVersion.V12) with { Content = "[]"u8.ToArray() }, MatrixErrorCodes.BadJson);
        AssertRefused(
            Message(RoomVersion.V12) with { Content = Encoding.UTF8.GetBytes(deep) }, MatrixErrorCodes.BadJson);
    }

    private static PduBuilder Message(RoomVersion version) =>
        TestEvents.Template(version, EventTypes.Message, null, "@a:domain", """{"msgtype":"m.text","body":"Hi"}""");

    private static PduBuilder Sized(int length) => Message(RoomVersion.V12) with
    {
        Content = TestEvents.Canonical($$"""{"body":"{{new string('x', length)}}"}"""),
    };

    private static void AssertRefused(PduBuilder template, string errorCode)
    {
        var exception = Assert.Throws<MatrixException>(() => template.Build(TestEvents.Key));
        Assert.Equal(errorCode, exception.ErrorCode);
    }
}
