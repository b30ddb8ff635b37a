using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Rooms.Events;

/// <summary>Strips an event to what the protocol needs of it (room versions, "Redactions").</summary>
internal static class EventRedactor
{
    private static readonly IReadOnlySet<string> KeptFields = new HashSet<string>
    {
        "event_id", "type", "room_id", "sender", "state_key", "content", "hashes", "signatures", "depth", "prev_events",
        "auth_events", "origin_server_ts",
    };

    private static readonly IReadOnlySet<string> KeptFieldsBefore11 =
        new HashSet<string>([.. KeptFields, "prev_state", "origin", "membership"]);

    private static readonly Dictionary<string, IReadOnlySet<string>> KeptContent = new()
    {
        [EventTypes.Member] = new HashSet<string> { "membership", "join_authorised_via_users_server" },
        [EventTypes.Create] = new HashSet<string> { "creator" },
        [EventTypes.JoinRules] = new HashSet<string> { "join_rule", "allow" },
        [EventTypes.PowerLevels] = new HashSet<string>
        {
            "ban", "events", "events_default", "kick", "redact", "state_default", "users", "users_default",
        },
        [EventTypes.HistoryVisibility] = new HashSet<string> { "history_visibility" },
    };

    private static readonly Dictionary<string, IReadOnlySet<string>> KeptContentFrom11 = new(KeptContent)
    {
        [EventTypes.PowerLevels] = new HashSet<string>([.. KeptContent[EventTypes.PowerLevels], "invite"]),
        [EventTypes.Redaction] = new HashSet<string> { "redacts" },
    };

    /// <summary>The redacted event, in canonical bytes.</summary>
    /// <exception cref="MatrixException">It is not an object, or canonical JSON forbids something in it.</exception>
    public static byte[] Redact(RoomVersion version, JsonElement pdu) =>
        Redact(version, new CanonicalObject(pdu)).ToBytes();

    /// <summary>The redacted event, which keeps its id, signatures and hashes.</summary>
    public static Pdu Redact(RoomVersion version, Pdu pdu)
    {
        using var document = JsonDocument.Parse(pdu.Json);
        return Pdu.Parse(version, pdu.EventId, Redact(version, document.RootElement));
    }

    /// <summary>A copy of the event that holds only what survives a redaction.</summary>
    public static CanonicalObject Redact(RoomVersion version, CanonicalObject pdu)
    {
        var redacted = pdu.Only(version.KeepsMoreOnRedaction ? KeptFields : KeptFieldsBefore11);
        if (pdu.TryGet("content", out var content))
        {
            redacted.Set("content", RedactContent(version, TypeOf(pdu), content));
        }

        return redacted;
    }

    private static ReadOnlyMemory<byte> RedactContent(RoomVersion version, string? type, ReadOnlyMemory<byte> content)
    {
        if (version.KeepsMoreOnRedaction && type == EventTypes.Create)
        {
            return content;
        }

        var table = version.KeepsMoreOnRedaction ? KeptContentFrom11 : KeptContent;
        if (type is null || !table.TryGetValue(type, out var kept))
        {
            return "{}"u8.ToArray();
        }

        using var document = JsonDocument.Parse(content);
        var redacted = new CanonicalObject(document.RootElement).Only(kept);
        if (version.KeepsMoreOnRedaction && type == EventTypes.Member)
        {
            KeepSignedInvite(document.RootElement, redacted);
        }

        return redacted.ToBytes();
    }

    private static void KeepSignedInvite(JsonElement content, CanonicalObject redacted)
    {
        if (content.TryGet("third_party_invite", out var invite) && invite.TryGet("signed", out var signed))
        {
            var kept = new CanonicalObject();
            kept.Set("signed", CanonicalJson.Serialize(signed));
            redacted.Set("third_party_invite", kept.ToBytes());
        }
    }

    private static string? TypeOf(CanonicalObject pdu)
    {
        if (!pdu.TryGet("type", out var encoded))
        {
            return null;
        }

        using var document = JsonDocument.Parse(encoded);
        return document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString() : null;
    }
}
