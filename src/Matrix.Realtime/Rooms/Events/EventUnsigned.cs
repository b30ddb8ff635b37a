using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.Events;

/// <summary>The <c>unsigned</c> part of an event as one recipient gets it. Memory left empty means absent.</summary>
internal readonly record struct EventUnsigned
{
    /// <summary>Milliseconds since the event was sent.</summary>
    public required long Age { get; init; }

    /// <summary>The recipient's own membership at the time of the event.</summary>
    public string? Membership { get; init; }

    /// <summary>Only for the device that sent the event.</summary>
    public string? TransactionId { get; init; }

    /// <summary>The redaction, a complete event in client format.</summary>
    public ReadOnlyMemory<byte> RedactedBecause { get; init; }

    /// <summary>What other events say about this one: the object <c>m.relations</c>.</summary>
    public ReadOnlyMemory<byte> Relations { get; init; }

    /// <summary>The content of the state event that this one replaced.</summary>
    public ReadOnlyMemory<byte> PrevContent { get; init; }

    /// <summary>The state event that this one replaced.</summary>
    public EventId? ReplacesState { get; init; }
}
