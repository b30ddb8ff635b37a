using System.Text.Json;

namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>The sender said that they mention the recipient.</summary>
internal sealed class MentionsRecipientCondition : PushCondition
{
    public override bool IsPersonal => true;

    public override bool Matches(PushEvent pushEvent, PushRecipient recipient) =>
        pushEvent.MentionedUserIds.Any(userId =>
            userId.ValueKind == JsonValueKind.String && userId.ValueEquals(recipient.UserId.Value));
}
