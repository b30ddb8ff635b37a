using Matrix.Realtime.Filters;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Presence;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Sync;

/// <summary>What a client asks <c>/sync</c> for.</summary>
internal sealed record SyncRequest
{
    public required Requester Requester { get; init; }

    /// <summary>Up to where the client has everything; null for a first sync.</summary>
    public required StreamToken? Since { get; init; }

    public required SyncFilter Filter { get; init; }

    /// <summary>The filter as the request names it: its id, or its JSON.</summary>
    public string? FilterName { get; init; }

    /// <summary>Whether all state of joined rooms is wanted, at once, even with <see cref="Since"/>.</summary>
    public required bool FullState { get; init; }

    public required StateFormat StateFormat { get; init; }

    /// <summary>How long to wait for news.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Whether the answer does not wait for news: the client lacks something already.</summary>
    public bool AnswersAtOnce => Since is null || FullState;

    /// <summary>What the request makes of its device's presence while it is open.</summary>
    public required PresenceState SetPresence { get; init; }

    public UserId UserId => Requester.UserId;
}
