using System.Text.Json;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>What an event does for all recipients on the default rules, computed once for all of them.</summary>
internal sealed class DefaultPushFacts
{
    private readonly PushEvent _event;
    private readonly List<CompiledPushRule> _personal;

    private DefaultPushFacts(PushEvent pushEvent, List<CompiledPushRule> personal, PushOutcome unnamed)
    {
        _event = pushEvent;
        _personal = personal;
        Unnamed = unnamed;
        Mentioned = Has<MentionsRecipientCondition>() ? ReadMentioned(pushEvent) : [];
        Invited = Has<StateKeyIsRecipientCondition>() && UserId.TryParse(pushEvent.Pdu.StateKey, out var userId)
            ? userId
            : null;
        if (pushEvent.Body is not null)
        {
            Legacy = (Has<DisplayNameCondition>() ? LegacyMentions.DisplayName : LegacyMentions.None)
                | (Has<UserNameCondition>() ? LegacyMentions.UserName : LegacyMentions.None);
        }
    }

    /// <summary>The outcome for a recipient whom the event does not name in any of the ways below.</summary>
    public PushOutcome Unnamed { get; }

    /// <summary>Whom <c>m.mentions</c> notifies with a highlight: each once, the sender possibly among them.</summary>
    public IReadOnlyList<UserId> Mentioned { get; }

    /// <summary>Whom the event invites: it notifies them, without a highlight.</summary>
    public UserId? Invited { get; }

    /// <summary>Which names in the body notify a recipient with a highlight: they have to be looked for.</summary>
    public LegacyMentions Legacy { get; }

    /// <summary>Evaluates what does not depend on the recipient.</summary>
    /// <param name="defaults">The default rules.</param>
    /// <param name="pushEvent">The event.</param>
    public static DefaultPushFacts Of(PushRuleset defaults, PushEvent pushEvent)
    {
        var personal = new List<CompiledPushRule>();
        foreach (var rule in defaults.Rules)
        {
            if (!rule.MayMatch(pushEvent))
            {
                continue;
            }

            if (!rule.IsPersonal)
            {
                return new(pushEvent, personal, rule.Outcome);
            }

            personal.Add(rule);
        }

        return new(pushEvent, personal, default);
    }

    /// <summary>The outcome for a recipient: what the default rules evaluated for them alone would give.</summary>
    public PushOutcome For(PushRecipient recipient) =>
        _personal.Find(rule => rule.Matches(_event, recipient))?.Outcome ?? Unnamed;

    private static UserId[] ReadMentioned(PushEvent pushEvent) =>
    [
        .. pushEvent.MentionedUserIds
            .Where(item => item.ValueKind == JsonValueKind.String)
            .Select(item => UserId.TryParse(item.GetString(), out var userId) ? userId : default)
            .Where(userId => userId != default)
            .Distinct(),
    ];

    private bool Has<TCondition>()
        where TCondition : PushCondition => _personal.Exists(rule => rule.Has<TCondition>());
}
