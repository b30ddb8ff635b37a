using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>An immutable piece of live state: what one key holds as of its last change.</summary>
internal abstract record LiveSnapshot
{
    /// <summary>The position of the last change that the snapshot contains.</summary>
    public required StreamPosition Position { get; init; }

    /// <summary>A rough size, in entries, for the bound on live state.</summary>
    public virtual int Weight => 1;

    /// <summary>Set by every read, cleared by the evicting sweep: unused since the last sweep means out.</summary>
    public bool Used { get; set; } = true;
}
