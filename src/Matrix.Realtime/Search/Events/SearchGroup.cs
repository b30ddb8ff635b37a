using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Search.Events;

/// <summary>By what results are grouped, and which of the groups.</summary>
/// <param name="Key"><c>room_id</c> or <c>sender</c>.</param>
/// <param name="Value">The room or the user.</param>
internal readonly record struct SearchGroup(string Key, string Value)
{
    public const string Room = "room_id";
    public const string Sender = "sender";

    public static SearchGroup Of(string key, SearchHit hit) =>
        new(key, key == Room ? hit.RoomId.Value : hit.Sender.Value);

    public bool AllowsRoom(RoomId roomId) => Key != Room || Value == roomId.Value;

    public bool AllowsSender(UserId sender) => Key != Sender || Value == sender.Value;
}
