using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Filters;

/// <summary>
/// Makes filters of their definitions. What the definition holds beyond the specification is passed over.
/// </summary>
internal static class FilterParser
{
    /// <summary>Parses the definition of a sync's filter, whose strings must all be valid Unicode.</summary>
    /// <exception cref="MatrixException"><c>M_BAD_JSON</c>: something in it is not of the specified type.</exception>
    public static SyncFilter Parse(JsonElement definition)
    {
        var root = new FilterSection(definition, string.Empty);
        return new SyncFilter
        {
            EventFields = root.Texts("event_fields") is { } paths ? EventFields.Parse(paths) : null,
            EventFormat = ParseFormat(root),
            Presence = ParseEvents(root.Section("presence")),
            AccountData = ParseEvents(root.Section("account_data")),
            Room = ParseRoom(root.Section("room")),
        };
    }

    /// <summary>Parses a filter of the events of rooms, which stands for itself.</summary>
    /// <inheritdoc cref="Parse" path="/exception"/>
    public static RoomEventFilter ParseRoomEvents(JsonElement definition) =>
        ParseRoomEvents(new FilterSection(definition, string.Empty));

    private static EventFormat ParseFormat(FilterSection root) => root.Text("event_format") switch
    {
        null or "client" => EventFormat.Client,
        "federation" => EventFormat.Federation,
        _ => throw MatrixException.BadJson("In the filter, 'event_format' must be 'client' or 'federation'."),
    };

    private static RoomFilter ParseRoom(FilterSection? optional) => optional is not { } section
        ? RoomFilter.Default
        : new RoomFilter
        {
            Rooms = section.Selection<RoomId>("rooms"),
            IncludeLeave = section.Boolean("include_leave"),
            Ephemeral = ParseRoomEvents(section.Section("ephemeral")),
            State = ParseRoomEvents(section.Section("state")),
            Timeline = ParseRoomEvents(section.Section("timeline")),
            AccountData = ParseRoomEvents(section.Section("account_data")),
        };

    private static EventFilter ParseEvents(FilterSection? optional) => optional is not { } section
        ? EventFilter.All
        : new EventFilter
        {
            Limit = section.Limit("limit"),
            Types = section.Types("types"),
            NotTypes = section.Types("not_types") ?? TypeSet.Empty,
            Senders = section.Selection<UserId>("senders"),
        };

    private static RoomEventFilter ParseRoomEvents(FilterSection? optional) => optional is not { } section
        ? RoomEventFilter.All
        : new RoomEventFilter
        {
            Limit = section.Limit("limit"),
            Types = section.Types("types"),
            NotTypes = section.Types("not_types") ?? TypeSet.Empty,
            Senders = section.Selection<UserId>("senders"),
            Rooms = section.Selection<RoomId>("rooms"),
            ContainsUrl = section.OptionalBoolean("contains_url"),
            LazyLoadMembers = section.Boolean("lazy_load_members"),
            IncludeRedundantMembers = section.Boolean("include_redundant_members"),
            UnreadThreadNotifications = section.Boolean("unread_thread_notifications"),
        };
}
