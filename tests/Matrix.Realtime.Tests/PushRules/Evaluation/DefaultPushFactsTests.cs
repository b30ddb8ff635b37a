using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.PushRules.Evaluation;

namespace Matrix.Realtime.Tests.PushRules.Evaluation;

// NOT-20 to NOT-27: what is shared gives every recipient what evaluating for them alone would.
public sealed class DefaultPushFactsTests
{
    private static readonly PushRuleset Defaults = PushEvents.Defaults.Ruleset;

    [Property(MaxTest = 5000, Arbitrary = [typeof(Worlds)])]
    public bool For_AnyRecipient_EqualsTheirOwnEvaluation(Case world)
    {
        var expected = Defaults.Evaluate(world.Event, world.Recipient);
        var shared = DefaultPushFacts.Of(Defaults, world.Event).For(world.Recipient);

        return Same(expected, shared)
            && expected.Actions.GetRawText() == shared.Actions.GetRawText();
    }

    private static bool Same(PushOutcome left, PushOutcome right) =>
        (left.Notify, left.Highlight) == (right.Notify, right.Highlight);

    /// <summary>An event and somebody it may concern.</summary>
    public sealed class Case
    {
        internal PushEvent Event { get; init; } = null!;

        internal PushRecipient Recipient { get; init; }

        internal string Text { get; init; } = "";

        public override string ToString() => $"{Text} for {Recipient}";
    }

    private static class Worlds
    {
        private static readonly string[] Types =
        [
            "m.room.message", "m.room.encrypted", "m.room.member", "m.room.tombstone", "m.reaction",
            "m.room.server_acl", "m.call.invite", "m.room.topic", "org.example.odd",
        ];

        private static readonly string?[] Bodies =
            [null, "7", "\"hello\"", "\"hi Alice\"", "\"the Hatter!\"", "\"@room\"", "\"malice @hatter:b\"", "\"\""];

        private static readonly string?[] Mentions =
        [
            null, null, "null", "{}", """{"room":true}""", """{"room":1,"user_ids":["@alice:b","x"]}""",
            """{"user_ids":["@hatter:b","@alice:b"]}""", """{"user_ids":"@alice:b"}""",
        ];

        public static Arbitrary<Case> Cases()
        {
            var content =
                from msgtype in Gen.Elements(null, null, "\"m.text\"", "\"m.notice\"", "7")
                from body in Gen.Elements(Bodies)
                from mentions in Gen.Elements(Mentions)
                from relation in Gen.Elements(null, null, """{"rel_type":"m.replace"}""", """{"rel_type":"m.thread"}""")
                from membership in Gen.Elements(null, "\"invite\"", "\"join\"")
                select Object(
                    ("msgtype", msgtype), ("body", body), ("m.mentions", mentions), ("m.relates_to", relation),
                    ("membership", membership));
            var recipient =
                from userId in Gen.Elements("@alice:b", "@hatter:b", "@:b", "@x*:b")
                from name in Gen.Elements(null, "", "Alice", "the hatter", "h*", "@room")
                select new PushRecipient(UserId.Parse(userId), name);
            return (
                from type in Gen.Elements(Types)
                from stateKey in Gen.Elements(null, null, "", "@alice:b", "@hatter:b")
                from json in content
                from members in Gen.Choose(1, 4)
                from mayNotify in Gen.Elements(true, false)
                from to in recipient
                select new Case
                {
                    Event = PushEvents.Event(type, json, stateKey, members, mayNotify),
                    Recipient = to,
                    Text = $"{type} ({stateKey}) {json}, {members} members, {mayNotify}",
                }).ToArbitrary();
        }

        private static string Object(params (string Name, string? Json)[] members) => new JsonObject(
            members.Where(member => member.Json is not null)
                .Select(member => KeyValuePair.Create(member.Name, JsonNode.Parse(member.Json!)))).ToJsonString();
    }
}
