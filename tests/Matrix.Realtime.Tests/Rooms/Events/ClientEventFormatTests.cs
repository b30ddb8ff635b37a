using System.Buffers;
using System.Text;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Tests.Rooms.Events;

/// <summary>Events as clients see them. SYN-79, SYN-80.</summary>
public sealed class ClientEventFormatTests
{
    [Fact]
    public void Write_StateEvent_HasClientFieldsOnly()
    {
        var pdu = State();
        var json = Write(pdu, TestEvents.Room, new EventUnsigned { Age = 5 });

        Assert.Equal(
            $$$"""
            {"content":{"topic":"T \"1\""},"event_id":"{{{pdu.EventId}}}","origin_server_ts":1000000,
            """ + """
            "sender":"@a:domain","state_key":"","type":"m.room.topic","room_id":"!r:domain","unsigned":{"age":5}}
            """,
            json);
    }

    [Fact]
    public void Write_MessageWithoutRoom_LeavesOutStateKeyAndRoomId()
    {
        var pdu = TestEvents.Template(RoomVersion.V12, "a\"b", null, "@a:domain", "{}").Build(TestEvents.Key);
        var json = TestEvents.Object(Encoding.UTF8.GetBytes(Write(pdu, null, new EventUnsigned { Age = 0 })));

        Assert.Equal(
            ["content", "event_id", "origin_server_ts", "sender", "type", "unsigned"],
            json.Select(member => member.Key));
        Assert.Equal("a\"b", json["type"]!.GetValue<string>());
    }

    [Fact]
    public void Write_FullUnsigned_WritesEveryPart()
    {
        var unsigned = new EventUnsigned
        {
            Age = 12,
            Membership = "join",
            TransactionId = "t\"x",
            RedactedBecause = "{\"type\":\"m.room.redaction\"}"u8.ToArray(),
            PrevContent = "{\"topic\":\"old\"}"u8.ToArray(),
            ReplacesState = EventId.Parse("$old"),
        };

        Assert.EndsWith(
            """
            ,"unsigned":{"age":12,"membership":"join","prev_content":{"topic":"old"},"redacted_because":{"type":
            """ + """
            "m.room.redaction"},"replaces_state":"$old","transaction_id":"t\"x"}}
            """,
            Write(State(), null, unsigned),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10")]
    [InlineData("11")]
    [InlineData("12")]
    public void Encode_Redaction_NamesItsTargetInBothPlaces(string versionId)
    {
        var template = TestEvents.Template(
            TestEvents.Version(versionId), EventTypes.Redaction, null, "@a:domain", """{"reason":"x"}""");
        var pdu = (template with { Redacts = EventId.Parse("$e") }).Build(TestEvents.Key);
        var json = TestEvents.Object(Encoding.UTF8.GetBytes(Write(pdu, null, new EventUnsigned { Age = 0 })));

        Assert.Equal("$e", json["redacts"]!.GetValue<string>());
        Assert.Equal("""{"reason":"x","redacts":"$e"}""", json["content"]!.ToJsonString());
    }

    [Fact]
    public void EncodeStripped_StateEvent_HasFourFields() => Assert.Equal(
        """{"content":{"topic":"T \"1\""},"sender":"@a:domain","state_key":"","type":"m.room.topic"}""",
        Encoding.UTF8.GetString(ClientEventFormat.EncodeStripped(State())));

    [Fact]
    public void WriteFederation_CreateEventOfVersion12_NamesEventAndRoom()
    {
        var pdu = TestEvents.Template(RoomVersion.V12, EventTypes.Create, "", "@a:domain", "{}").Build(TestEvents.Key);
        var output = new ArrayBufferWriter<byte>();

        ClientEventFormat.WriteFederation(output, pdu, new EventUnsigned { Age = 3 });

        Assert.Equal(
            [
                "auth_events", "content", "depth", "hashes", "origin_server_ts", "prev_events", "sender", "signatures",
                "state_key", "type", "event_id", "room_id", "unsigned",
            ],
            TestEvents.Object(output.WrittenMemory).Select(member => member.Key));
    }

    private static Pdu State() =>
        TestEvents.Template(RoomVersion.V12, EventTypes.Topic, "", "@a:domain", """{"topic":"T \"1\""}""")
            .Build(TestEvents.Key);

    private static string Write(Pdu pdu, RoomId? roomId, EventUnsigned unsigned)
    {
        var output = new ArrayBufferWriter<byte>();
        ClientEventFormat.Write(output, ClientEventFormat.Encode(pdu), roomId, unsigned);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
