using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Search.Events;

/// <summary>An event that a search term occurs in, whoever may see it.</summary>
internal readonly record struct SearchHit(
    StreamPosition Position, RoomId RoomId, UserId Sender, SearchKey Key, int WordCount);
