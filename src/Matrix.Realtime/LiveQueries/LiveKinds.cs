namespace Matrix.Realtime.LiveQueries;

/// <summary>The kinds of change that a <see cref="LiveQuery"/> can ask for.</summary>
[Flags]
public enum LiveKinds
{
    /// <summary>No kind at all.</summary>
    None = 0,

    /// <summary>Events of rooms, state and memberships included: <see cref="LiveEvent"/>.</summary>
    Events = 1,

    /// <summary>Of the events of rooms those that say who is in them: <see cref="LiveMembership"/>.</summary>
    Membership = 2,

    /// <summary>Who starts and stops typing: <see cref="LiveTyping"/>.</summary>
    Typing = 4,

    /// <summary>How far users have read, as others see it: <see cref="LiveReceipt"/>.</summary>
    Receipts = 8,

    /// <summary>
    /// Account data, global and of rooms, read markers and push rules included: <see cref="LiveAccountData"/>.
    /// </summary>
    AccountData = 16,

    /// <summary>Of the account data the read markers, <c>m.fully_read</c>: <see cref="LiveReadMarker"/>.</summary>
    ReadMarkers = 32,

    /// <summary>Whether users are there: <see cref="LivePresence"/>.</summary>
    Presence = 64,

    /// <summary>Every kind.</summary>
    All = Events | Membership | Typing | Receipts | AccountData | ReadMarkers | Presence,
}
