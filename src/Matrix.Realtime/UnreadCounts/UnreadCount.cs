using Matrix.Realtime.PushRules.Evaluation;

namespace Matrix.Realtime.UnreadCounts;

/// <summary>How many unread events notify, and how many of those highlight.</summary>
internal readonly record struct UnreadCount(int Notifications, int Highlights)
{
    public bool IsZero => Notifications == 0;

    public static UnreadCount operator +(UnreadCount left, UnreadCount right) =>
        new(left.Notifications + right.Notifications, left.Highlights + right.Highlights);

    public static UnreadCount Of(PushOutcome outcome) => new(outcome.Notify ? 1 : 0, outcome.Highlight ? 1 : 0);
}
