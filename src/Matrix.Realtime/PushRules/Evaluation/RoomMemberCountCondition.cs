using System.Globalization;

namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary><c>room_member_count</c>: the room has so many members.</summary>
internal sealed class RoomMemberCountCondition : PushCondition
{
    private readonly string _comparison;
    private readonly long _count;

    private RoomMemberCountCondition(string comparison, long count)
    {
        _comparison = comparison;
        _count = count;
    }

    /// <summary>Reads a number that a comparison may precede; null if it is something else.</summary>
    public static RoomMemberCountCondition? Parse(string text)
    {
        var digits = text.AsSpan().TrimStart("=<>");
        var comparison = text[..^digits.Length];
        return comparison is "" or "==" or "<" or ">" or "<=" or ">="
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? new(comparison, count)
                : null;
    }

    public override bool Matches(PushEvent pushEvent, PushRecipient recipient) => _comparison switch
    {
        "<" => pushEvent.JoinedMembers < _count,
        ">" => pushEvent.JoinedMembers > _count,
        "<=" => pushEvent.JoinedMembers <= _count,
        ">=" => pushEvent.JoinedMembers >= _count,
        _ => pushEvent.JoinedMembers == _count,
    };
}
