using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.LiveQueries;

/// <summary>
/// A user moved their read marker in a room, which only they see: the account data <c>m.fully_read</c>.
/// </summary>
public sealed record LiveReadMarker : LiveAccountData
{
    internal LiveReadMarker()
    {
    }

    /// <summary>The event at which the marker stands.</summary>
    public required EventId EventId { get; init; }
}
