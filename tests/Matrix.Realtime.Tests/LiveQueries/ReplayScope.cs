using Matrix.Realtime.Identifiers;
using Matrix.Realtime.LiveQueries;

namespace Matrix.Realtime.Tests.LiveQueries;

/// <summary>Who reads what from where.</summary>
/// <param name="Query">What the reader wants, of kinds and rooms.</param>
/// <param name="From">Where its events begin.</param>
internal sealed record ReplayScope(LiveQuery Query, StreamPosition From)
{
    /// <summary>Whether it begins with the present values.</summary>
    public bool HasSnapshot { get; init; }

    /// <summary>On whose behalf; null for the host.</summary>
    public UserId? UserId { get; init; }

    /// <summary>Whom that user ignores.</summary>
    public IReadOnlyCollection<UserId> Ignored { get; init; } = [];

    /// <summary>Where its values begin.</summary>
    public StreamPosition ValuesFrom => HasSnapshot ? StreamPosition.Zero : From;

    public bool Wants(LiveKinds kind) => Query.Kinds.HasFlag(kind);

    public bool Hears(UserId other) => !Ignored.Contains(other);

    public bool IsOwn(UserId other) => UserId is null || UserId == other;
}
