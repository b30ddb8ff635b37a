using Matrix.Realtime.Http;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>To whom events are served.</summary>
/// <param name="Requester">The user and their device.</param>
/// <param name="Now">When, which the age of events depends on.</param>
internal sealed record EventRecipient(Requester Requester, DateTimeOffset Now);
