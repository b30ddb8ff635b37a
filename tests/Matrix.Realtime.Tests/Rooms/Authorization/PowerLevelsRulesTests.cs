using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Tests.Rooms.Authorization;

/// <summary>Rule 10 of room version 12 (9 before): Alice, with level 50, changes the power levels.</summary>
public sealed class PowerLevelsRulesTests
{
    private const string Alice = "@alice:domain";

    private const string Current = """
        {"state_default":50,"ban":50,"kick":60,"events":{"a":50,"b":60},"notifications":{"room":50,"x":60},
         "users":{"@alice:domain":50,"@equal:domain":50,"@higher:domain":60,"@lower:domain":40}}
        """;

    // 10.6
    [Theory]
    [InlineData("\"ban\":50", "\"ban\":49", true)]
    [InlineData("\"ban\":50", "\"ban\":51", false)]
    [InlineData("\"ban\":50,", "", true)]
    [InlineData("\"kick\":60", "\"kick\":50", false)]
    [InlineData("\"kick\":60,", "", false)]
    [InlineData("\"ban\":50", "\"ban\":50,\"invite\":50", true)]
    [InlineData("\"ban\":50", "\"ban\":50,\"redact\":51", false)]
    [InlineData("\"ban\":50", "\"ban\":50,\"users_default\":51", false)]
    // 10.7 and 10.8
    [InlineData("\"a\":50", "\"a\":0", true)]
    [InlineData("\"a\":50", "\"a\":51", false)]
    [InlineData("\"a\":50,", "", true)]
    [InlineData("\"b\":60", "\"b\":50", false)]
    [InlineData(",\"b\":60", "", false)]
    [InlineData("\"a\":50", "\"a\":50,\"c\":50", true)]
    [InlineData("\"a\":50", "\"a\":50,\"c\":51", false)]
    [InlineData("\"room\":50", "\"room\":1", true)]
    [InlineData("\"room\":50", "\"room\":51", false)]
    [InlineData(",\"x\":60", "", false)]
    // 10.9 and 10.10
    [InlineData("\"@lower:domain\":40", "\"@lower:domain\":50", true)]
    [InlineData("\"@lower:domain\":40", "\"@lower:domain\":51", false)]
    [InlineData(",\"@lower:domain\":40", "", true)]
    [InlineData("\"@equal:domain\":50", "\"@equal:domain\":49", false)]
    [InlineData("\"@equal:domain\":50,", "", false)]
    [InlineData("\"@higher:domain\":60", "\"@higher:domain\":61", false)]
    [InlineData("\"@alice:domain\":50", "\"@alice:domain\":10", true)]
    [InlineData("\"@alice:domain\":50,", "", true)]
    [InlineData("\"@alice:domain\":50", "\"@alice:domain\":51", false)]
    [InlineData("\"@lower:domain\":40", "\"@lower:domain\":40,\"@new:domain\":50", true)]
    [InlineData("\"@lower:domain\":40", "\"@lower:domain\":40,\"@new:domain\":51", false)]
    public void Change_FromOwnLevel_IsDecided(string before, string after, bool allowed)
    {
        Assert.Contains(before, Current, StringComparison.Ordinal);
        foreach (var version in (string[])["10", "11", "12"])
        {
            var room = new TestRoom(version).SetMember(Alice, "join").SetPowerLevels(Current);
            var changed = Current.Replace(before, after, StringComparison.Ordinal);

            Assert.Equal(allowed, room.Allows(room.Template(EventTypes.PowerLevels, "", Alice, changed)));
        }
    }

    // 10.1 to 10.3; 10.5 allows whatever is well-formed.
    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"users_default":100,"events":{"a":1},"notifications":{},"users":{"@a:b":1000}}""", true)]
    [InlineData("""{"ban":"50"}""", false)]
    [InlineData("""{"invite":null}""", false)]
    [InlineData("""{"events":{"a":"1"}}""", false)]
    [InlineData("""{"events":[]}""", false)]
    [InlineData("""{"notifications":{"room":"50"}}""", false)]
    [InlineData("""{"notifications":1}""", false)]
    [InlineData("""{"users":{"@a:b":"50"}}""", false)]
    [InlineData("""{"users":{"a":50}}""", false)]
    [InlineData("""{"users":[]}""", false)]
    public void First_ByShape_IsDecided(string content, bool allowed)
    {
        foreach (var version in (string[])["10", "11", "12"])
        {
            var room = new TestRoom(version);

            Assert.Equal(allowed, room.Allows(room.Template(EventTypes.PowerLevels, "", TestRoom.Creator, content)));
        }
    }

    // 10.4
    [Theory]
    [InlineData("10", TestRoom.Creator, true)]
    [InlineData("11", TestRoom.Creator, true)]
    [InlineData("12", TestRoom.Creator, false)]
    [InlineData("12", "@second:domain", false)]
    [InlineData("12", "@a:b", true)]
    public void Users_NamingACreator_IsRefusedFromVersion12(string version, string user, bool allowed)
    {
        var room = new TestRoom(version, """{"creator":"@creator:domain","additional_creators":["@second:domain"]}""");
        var content = $$$"""{"users":{"{{{user}}}":100}}""";

        Assert.Equal(allowed, room.Allows(room.Template(EventTypes.PowerLevels, "", TestRoom.Creator, content)));
    }

    [Fact]
    public void Change_ByPrivilegedCreator_HasNoUpperBound()
    {
        var room = new TestRoom("12").SetPowerLevels("""{"ban":9007199254740991,"users":{"@a:b":9007199254740991}}""");

        Assert.True(room.Allows(room.Template(EventTypes.PowerLevels, "", TestRoom.Creator, "{}")));
    }
}
