using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.LiveQueries;

/// <summary>
/// A user has read on in a room. There is one receipt per user, room, <see cref="ReceiptType"/> and
/// <see cref="ThreadId"/>; it only moves forward.
/// </summary>
public sealed record LiveReceipt : LiveChange
{
    internal LiveReceipt()
    {
    }

    /// <summary>The room.</summary>
    public required RoomId RoomId { get; init; }

    /// <summary>The event up to which the user has read.</summary>
    public required EventId EventId { get; init; }

    /// <summary><c>m.read</c>, or <c>m.read.private</c>, which nobody but the reader may learn of.</summary>
    public required string ReceiptType { get; init; }

    /// <summary>The root of the thread that was read, or <c>main</c>; null for the whole room.</summary>
    public string? ThreadId { get; init; }

    /// <summary>When the user read, by the server's clock, in UTC and to the millisecond.</summary>
    public required DateTimeOffset Ts { get; init; }

    /// <summary>Whether nobody but the reader may learn of it.</summary>
    public required bool IsPrivate { get; init; }
}
