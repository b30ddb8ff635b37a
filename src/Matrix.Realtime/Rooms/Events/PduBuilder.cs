using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Rooms.Events;

/// <summary>What goes into a new event of this server; <see cref="Build"/> hashes and signs it.</summary>
internal sealed record PduBuilder
{
    /// <summary>The greatest size of an event with hashes and signatures, in bytes.</summary>
    public const int MaxEventBytes = 65536;

    private const int MaxFieldBytes = 255;

    // The event wraps the content in one more object and must itself stay within the 64 levels that readers accept.
    private const int MaxContentDepth = 60;

    private static readonly string[] NotHashed = ["hashes", "signatures", "unsigned"];

    public required RoomVersion Version { get; init; }

    /// <summary>Null only for <c>m.room.create</c> of a version whose room id is that event's hash.</summary>
    public required RoomId? RoomId { get; init; }

    public required string Type { get; init; }

    public string? StateKey { get; init; }

    public required UserId Sender { get; init; }

    /// <summary>The content, encoded by <see cref="CanonicalJson"/>.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The event to redact; it is put where the room version wants it.</summary>
    public EventId? Redacts { get; init; }

    public required IReadOnlyList<EventId> PrevEvents { get; init; }

    public required IReadOnlyList<EventId> AuthEvents { get; init; }

    public required long Depth { get; init; }

    public required long OriginServerTs { get; init; }

    /// <summary>Hashes and signs the event, from which its id follows.</summary>
    /// <exception cref="MatrixException">
    /// M_TOO_LARGE: the event or one of its fields exceeds its limit. M_BAD_JSON: the content is no object or too deep.
    /// </exception>
    public Pdu Build(ServerSigningKey key)
    {
        RequireFieldLimit("type", Type);
        RequireFieldLimit("state_key", StateKey ?? string.Empty);
        RequireObject(Content);
        var pdu = Assemble();

        var contentHash = SHA256.HashData(pdu.Without(NotHashed).ToBytes());
        pdu.Set("hashes", Nest("sha256", UnpaddedBase64.Encode(contentHash)).ToBytes());

        // The signature and the reference hash cover the same bytes: the redacted event without signatures.
        var essential = EventRedactor.Redact(Version, pdu).ToBytes();
        var signatures = new CanonicalObject();
        signatures.Set(Sender.ServerName.ToString(), Nest(key.KeyId, key.Sign(essential)).ToBytes());
        pdu.Set("signatures", signatures.ToBytes());

        var json = pdu.ToBytes();
        if (json.Length > MaxEventBytes)
        {
            throw MatrixException.TooLarge($"The event has {json.Length} bytes; at most {MaxEventBytes} are allowed.");
        }

        return Pdu.Parse(Version, EventId.Parse("$" + UnpaddedBase64.EncodeUrlSafe(SHA256.HashData(essential))), json);
    }

    private static void RequireFieldLimit(string field, string value)
    {
        if (Encoding.UTF8.GetByteCount(value) > MaxFieldBytes)
        {
            throw MatrixException.TooLarge($"'{field}' must not exceed {MaxFieldBytes} bytes.");
        }
    }

    private static void RequireObject(ReadOnlyMemory<byte> content)
    {
        var reader = new Utf8JsonReader(content.Span, new JsonReaderOptions { MaxDepth = MaxContentDepth });
        try
        {
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                reader.Skip();
                return;
            }
        }
        catch (JsonException)
        {
            throw MatrixException.BadJson($"The content must not be nested more than {MaxContentDepth} levels deep.");
        }

        throw MatrixException.BadJson("The content must be a JSON object.");
    }

    private static CanonicalObject Nest(string name, string value)
    {
        var nested = new CanonicalObject();
        nested.Set(name, value);
        return nested;
    }

    private CanonicalObject Assemble()
    {
        var pdu = new CanonicalObject();
        pdu.Set("auth_events", AuthEvents.Select(id => id.Value));
        pdu.Set("content", Content);
        pdu.Set("depth", Math.Min(Depth, CanonicalJson.MaxInteger));
        pdu.Set("origin_server_ts", OriginServerTs);
        pdu.Set("prev_events", PrevEvents.Select(id => id.Value));
        pdu.Set("sender", Sender.Value);
        pdu.Set("type", Type);
        if (RoomId is { } roomId)
        {
            pdu.Set("room_id", roomId.Value);
        }

        if (StateKey is not null)
        {
            pdu.Set("state_key", StateKey);
        }

        if (Redacts is { } redacts)
        {
            SetRedacts(pdu, redacts);
        }

        return pdu;
    }

    private void SetRedacts(CanonicalObject pdu, EventId redacts)
    {
        if (!Version.RedactsInContent)
        {
            pdu.Set("redacts", redacts.Value);
            return;
        }

        using var document = JsonDocument.Parse(Content);
        var content = new CanonicalObject(document.RootElement);
        content.Set("redacts", redacts.Value);
        pdu.Set("content", content.ToBytes());
    }
}
