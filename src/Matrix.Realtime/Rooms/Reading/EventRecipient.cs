using Matrix.Realtime.Filters;
using Matrix.Realtime.Http;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>To whom events are served, and in what form.</summary>
/// <param name="Requester">The user and their device.</param>
/// <param name="Now">When, which the age of events depends on.</param>
internal sealed record EventRecipient(Requester Requester, DateTimeOffset Now)
{
    public EventFormat Format { get; init; }

    /// <summary>The fields that are wanted of events; null means all.</summary>
    public EventFields? Fields { get; init; }
}
