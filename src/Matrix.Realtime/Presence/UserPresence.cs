using System.Text.Encodings.Web;
using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Presence;

/// <summary>The presence of one user as others see it.</summary>
internal sealed record UserPresence : LiveSnapshot
{
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whose encoding it is stands beside it: what is copied by <c>with</c> holds that of the original.</summary>
    private Encoding? _encoded;

    public required UserId UserId { get; init; }

    public PresenceState State { get; init; }

    public string? StatusMessage { get; init; }

    public bool CurrentlyActive { get; init; }

    /// <summary>In milliseconds since the epoch, or 0.</summary>
    /// <seealso cref="PresenceTracker.LastActiveTs"/>
    public long LastActiveTs { get; init; }

    public string? DisplayName { get; init; }

    public string? AvatarUrl { get; init; }

    /// <summary>Whether there has ever been anything to see.</summary>
    public bool IsKnown => Position != StreamPosition.Zero;

    public static UserPresence From(PresenceRow row) => new()
    {
        Position = row.Position,
        UserId = row.UserId,
        State = row.State,
        StatusMessage = row.StatusMessage,
        CurrentlyActive = row.CurrentlyActive,
        LastActiveTs = row.LastActiveTs,
        DisplayName = row.DisplayName,
        AvatarUrl = row.AvatarUrl,
    };

    public PresenceRow ToRow() => new()
    {
        UserId = UserId,
        State = State,
        StatusMessage = StatusMessage,
        CurrentlyActive = CurrentlyActive,
        LastActiveTs = LastActiveTs,
        DisplayName = DisplayName,
        AvatarUrl = AvatarUrl,
        Position = Position,
    };

    /// <summary>Whether others would see no difference.</summary>
    public bool LooksLike(UserPresence other) =>
        State == other.State
        && StatusMessage == other.StatusMessage
        && CurrentlyActive == other.CurrentlyActive
        && DisplayName == other.DisplayName
        && AvatarUrl == other.AvatarUrl;

    /// <summary>
    /// The <c>m.presence</c> event without its last two brackets, so that what depends on the time can be put before them.
    /// </summary>
    public ReadOnlySpan<byte> EncodeOpenEvent()
    {
        if (_encoded is not { } encoded || !ReferenceEquals(encoded.Of, this))
        {
            _encoded = encoded = new(this, Encode());
        }

        return encoded.Event;
    }

    private byte[] Encode()
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, PresenceEvent.Type);
            json.WriteString("sender"u8, UserId.Value);
            json.WriteStartObject("content"u8);
            json.WriteString("presence"u8, PresenceStates.NameOf(State));
            WriteText(json, "status_msg"u8, StatusMessage);
            WriteText(json, "displayname"u8, DisplayName);
            WriteText(json, "avatar_url"u8, AvatarUrl);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return output.ToArray()[..^2];
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>One object, so that who reads it while it is set sees all of it or nothing.</summary>
    private sealed record Encoding(UserPresence Of, byte[] Event);
}
