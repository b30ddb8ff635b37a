using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.PushRules.Evaluation;
using Matrix.Realtime.Receipts;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.UnreadCounts;

/// <summary>Who reads a room, and everything on which depends what is unread for them there.</summary>
internal sealed record UnreadReader
{
    public required UserId UserId { get; init; }

    /// <summary>The room as of <see cref="At"/>.</summary>
    public required RoomState Room { get; init; }

    /// <summary>Where they joined: nothing before that counts.</summary>
    public required StreamPosition JoinedAt { get; init; }

    /// <summary>What came after this is not looked at.</summary>
    public required StreamPosition At { get; init; }

    public required ReadPositions Read { get; init; }

    public required PushRuleset Rules { get; init; }

    public required IgnoredUsers Ignored { get; init; }

    /// <summary>When they last changed their rules or whom they ignore; zero if they never did.</summary>
    public required StreamPosition SetAt { get; init; }

    /// <summary>Where the unread part of the main timeline begins, or of a thread, as far as receipts say.</summary>
    public StreamPosition ReadUpTo(EventId? threadRoot) => StreamPosition.Max(JoinedAt, Read.In(threadRoot));

    /// <summary>Where the unread part of every thread begins at the earliest.</summary>
    public StreamPosition ThreadsReadUpTo => StreamPosition.Max(JoinedAt, Read.Unthreaded);

    /// <summary>Whether nothing is unread, whatever their rules and whomever they ignore.</summary>
    public bool HasReadAll => Room.Position <= StreamPosition.Min(ReadUpTo(threadRoot: null), ThreadsReadUpTo);

    /// <summary>
    /// Whether the event reads everything before it, as a receipt in its thread would: who sends something has seen what
    /// they answer. Changes of membership are told apart, since profiles change all of a user's rooms at once.
    /// </summary>
    public bool ReadsBy(RoomEvent roomEvent) => roomEvent.Sender == UserId && roomEvent.Type != EventTypes.Member;

    /// <summary>Whether the event notifies if the rules say so.</summary>
    public bool MayNotify(RoomEvent roomEvent) =>
        roomEvent.Sender != UserId
        && roomEvent.RedactedBecause is null
        && roomEvent.Position > JoinedAt
        && !Ignored.Hides(roomEvent.Sender, roomEvent.Position);

    /// <summary>Whether the event counts if it notifies.</summary>
    public bool IsUnread(RoomEvent roomEvent) => roomEvent.Position > ReadUpTo(roomEvent.ThreadRoot);
}
