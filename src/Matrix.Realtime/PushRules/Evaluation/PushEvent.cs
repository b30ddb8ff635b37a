using System.Text.Json;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>An event as push rules see it, the same for all recipients.</summary>
/// <param name="pdu">The event.</param>
/// <param name="joinedMembers">How many users are joined to the room once the event has happened.</param>
/// <param name="senderMayNotifyRoom">Whether the sender has the power to notify all of the room.</param>
internal sealed class PushEvent(Pdu pdu, long joinedMembers, bool senderMayNotifyRoom)
{
    private const string MentionsProperty = "m.mentions";

    private FoldedText? _body;

    public Pdu Pdu => pdu;

    public long JoinedMembers => joinedMembers;

    public bool SenderMayNotifyRoom => senderMayNotifyRoom;

    /// <summary>The body, if it is text. Folded once for all the patterns that are looked for in it.</summary>
    public FoldedText? Body => _body ??= pdu.Content.String("body") is { } body ? new(body) : null;

    /// <summary>
    /// Whether the sender told whom they mention. Then the rules that look for names in the body are not to guess.
    /// </summary>
    public bool HasMentions => pdu.Content.TryGet(MentionsProperty, out _);

    /// <summary>The <c>user_ids</c> of <c>m.mentions</c>.</summary>
    public IEnumerable<JsonElement> MentionedUserIds =>
        pdu.Content.TryGet(MentionsProperty, out var mentions)
        && mentions.TryGet("user_ids", JsonValueKind.Array, out var userIds)
            ? userIds.EnumerateArray()
            : [];

    /// <summary>A property; undefined if it is absent, or text beside the content.</summary>
    public JsonElement Property(ReadOnlySpan<string> path)
    {
        if (path[0] != "content")
        {
            return path.Length == 1 ? Envelope(path[0]) : default;
        }

        var value = pdu.Content;
        foreach (var name in path[1..])
        {
            if (!value.TryGet(name, out value))
            {
                return default;
            }
        }

        return value;
    }

    /// <summary>A property as text; null if it is absent or no string.</summary>
    public string? Text(ReadOnlySpan<string> path) => path is [var name] && EnvelopeText(name) is { } text
        ? text
        : Property(path) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private string? EnvelopeText(string name) => name switch
    {
        "type" => pdu.Type,
        "state_key" => pdu.StateKey,
        "sender" => pdu.Sender.Value,
        "room_id" => pdu.RoomId.Value,
        "event_id" => pdu.EventId.Value,
        "redacts" => pdu.Redacts?.Value,
        _ => null,
    };

    private JsonElement Envelope(string name) => name switch
    {
        "origin_server_ts" => JsonSerializer.SerializeToElement(pdu.OriginServerTs, PushRulesJsonContext.Default.Int64),
        _ => default,
    };
}
