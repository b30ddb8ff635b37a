using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.PushRules;
using Matrix.Realtime.Receipts;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.UnreadCounts;

/// <summary>Gathers what the counts of a reader depend on.</summary>
internal sealed class UnreadReaders(ReceiptReader receipts, PushRuleService pushRules, RoomEventStore events)
{
    /// <summary>A joined member of a room as of a view.</summary>
    public async ValueTask<UnreadReader> CreateAsync(
        LiveView view,
        RoomState room,
        UserRoom membership,
        AccountDataState accountData,
        CancellationToken cancellationToken)
    {
        var userId = accountData.UserId;
        var rules = await pushRules.GetAsync(view, userId, cancellationToken);
        return new()
        {
            UserId = userId,
            Room = room,
            JoinedAt = membership.Since,
            At = view.Position,
            Read = await receipts.GetReadPositionsAsync(view, userId, room.RoomId, cancellationToken),
            Rules = rules.Ruleset,
            Ignored = accountData.Ignored,
            SetAt = StreamPosition.Max(rules.Position, accountData.IgnoredSetAt),
        };
    }

    /// <summary>What the reader was called in the room after a position.</summary>
    public async ValueTask<DisplayNames> GetNamesAsync(
        UnreadReader reader, StreamPosition after, CancellationToken cancellationToken)
    {
        List<RoomEvent> memberEvents = [];
        if (reader.Room.Members.TryGetValue(reader.UserId.Value, out var member))
        {
            if (member.Position > after)
            {
                memberEvents = await events.ReadMemberEventsAsync(
                    reader.Room.RoomId, reader.UserId, reader.JoinedAt, member.Position, cancellationToken);
            }

            memberEvents.Add(member);
        }

        return new(memberEvents);
    }
}
