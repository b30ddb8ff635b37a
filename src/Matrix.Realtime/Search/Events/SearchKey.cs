namespace Matrix.Realtime.Search.Events;

/// <summary>Which text of an event is searched. Stored by number.</summary>
internal enum SearchKey
{
    /// <summary><c>content.body</c> of <c>m.room.message</c>.</summary>
    Body,

    /// <summary><c>content.name</c> of <c>m.room.name</c>.</summary>
    Name,

    /// <summary><c>content.topic</c> of <c>m.room.topic</c>.</summary>
    Topic,
}
