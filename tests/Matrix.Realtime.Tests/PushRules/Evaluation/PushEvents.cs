using System.Text;
using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.PushRules;
using Matrix.Realtime.PushRules.Evaluation;
using Matrix.Realtime.Rooms.Events;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Tests.PushRules.Evaluation;

/// <summary>Events and rules without a server around them.</summary>
internal static class PushEvents
{
    public static readonly UserId Alice = UserId.Parse("@alice:localhost");

    public static readonly DefaultPushRules Defaults = new(Options.Create(new RealtimeOptions()));

    public static readonly PushRecipient ToAlice = new(Alice, "Alice Liddell");

    /// <summary>An event of Bob's.</summary>
    public static PushEvent Event(
        string type, string content, string? stateKey = null, long members = 3, bool mayNotifyRoom = false) =>
        new(
            new Pdu
            {
                Json = ReadOnlyMemory<byte>.Empty,
                ContentJson = Encoding.UTF8.GetBytes(content),
                EventId = EventId.Parse("$event"),
                RoomId = RoomId.Parse("!room:localhost"),
                Type = type,
                StateKey = stateKey,
                Sender = UserId.Parse("@bob:localhost"),
                OriginServerTs = 1000,
                Depth = 7,
                AuthEvents = [],
                PrevEvents = [],
                Redacts = null,
            },
            members,
            mayNotifyRoom);

    public static PushEvent Message(string body) =>
        Event("m.room.message", JsonSerializer.Serialize(new { msgtype = "m.text", body }));

    /// <summary>Whether an override rule with this one condition matches.</summary>
    public static bool Holds(string condition, PushEvent pushEvent)
    {
        var rule = new PushRule
        {
            Kind = PushRuleKind.Override,
            RuleId = "test",
            Conditions = JsonElement.Parse($"[{condition}]"),
            Actions = JsonElement.Parse("""["notify"]"""),
        };
        return new PushRuleset([rule], new StreamPosition(1)).Evaluate(pushEvent, ToAlice).Notify;
    }
}
