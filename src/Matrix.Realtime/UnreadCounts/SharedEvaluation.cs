using System.Runtime.CompilerServices;
using Matrix.Realtime.PushRules;
using Matrix.Realtime.PushRules.Evaluation;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.UnreadCounts;

/// <summary>Evaluates push rules; what does not depend on the recipient is done once for each live event.</summary>
internal sealed class SharedEvaluation(DefaultPushRules defaults)
{
    private readonly ConditionalWeakTable<RoomEvent, Evaluated> _events = [];

    /// <summary>What an event of the reader's room does for them.</summary>
    public PushOutcome Evaluate(UnreadReader reader, DisplayNames names, RoomEvent roomEvent)
    {
        var recipient = new PushRecipient(reader.UserId, names.At(roomEvent.Position));
        var evaluated = _events.GetValue(roomEvent, static key => new(new(key.Pdu, key.MemberCount, key.MayNotifyRoom)));
        return reader.Rules.IsDefault
            ? evaluated.ByDefault(defaults.Ruleset).For(recipient)
            : reader.Rules.Evaluate(evaluated.Event, recipient);
    }

    private sealed class Evaluated(PushEvent pushEvent)
    {
        private DefaultPushFacts? _facts;

        public PushEvent Event => pushEvent;

        // Racing evaluations are equal.
        public DefaultPushFacts ByDefault(PushRuleset defaults) => _facts ??= DefaultPushFacts.Of(defaults, pushEvent);
    }
}
