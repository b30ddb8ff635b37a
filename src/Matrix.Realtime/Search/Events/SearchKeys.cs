using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Search.Events;

/// <summary>The names of the texts that are searched.</summary>
internal static class SearchKeys
{
    public static readonly IReadOnlyList<SearchKey> All = Enum.GetValues<SearchKey>();

    /// <summary>The key that a client names; null for one that the specification does not have.</summary>
    public static SearchKey? Find(string name) => name switch
    {
        "content.body" => SearchKey.Body,
        "content.name" => SearchKey.Name,
        "content.topic" => SearchKey.Topic,
        _ => null,
    };

    /// <summary>The type of the events that have this text.</summary>
    public static string EventTypeOf(SearchKey key) => key switch
    {
        SearchKey.Body => EventTypes.Message,
        SearchKey.Name => EventTypes.Name,
        SearchKey.Topic => EventTypes.Topic,
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };
}
