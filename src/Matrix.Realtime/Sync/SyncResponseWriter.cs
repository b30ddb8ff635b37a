using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Presence;
using Matrix.Realtime.Rooms.Reading;

namespace Matrix.Realtime.Sync;

/// <summary>
/// Encodes the answer to a sync for its recipient. What is not read ahead is read and sent room by room, so that no
/// more than one room is in memory, and not before the recipient takes it.
/// </summary>
internal sealed class SyncResponseWriter(
    Utf8JsonWriter json, PipeWriter output, EventRecipient recipient, StateFormat stateFormat)
{
    private const int SendAfterBytes = 64 * 1024;

    private readonly RoomSectionWriter _rooms = new(json, recipient, stateFormat);
    private string? _membership;
    private long _sent;

    /// <summary>Writes the whole answer; the end of it is left for the caller to send.</summary>
    public async ValueTask WriteAsync(SyncResponse response, CancellationToken cancellationToken)
    {
        json.WriteStartObject();
        json.WriteString("next_batch"u8, response.NextBatch.ToString());
        ToDeviceSection.Write(json, response.ToDevice);
        AccountDataSection.Write(json, response.AccountData);
        WritePresence(response.Presence);
        WriteKeys(response.Keys);
        json.WriteStartObject("rooms"u8);
        foreach (var section in response.Rooms)
        {
            Write(section);
        }

        while (response.OtherRooms is { IsExhausted: false } rooms)
        {
            await SendAsync(cancellationToken);
            await WriteSomeAsync(rooms, cancellationToken);
        }

        End();
    }

    private void End()
    {
        if (_membership is not null)
        {
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        json.Flush();
        _sent = json.BytesCommitted;
        await output.FlushAsync(cancellationToken);
    }

    private async ValueTask WriteSomeAsync(RoomQueue rooms, CancellationToken cancellationToken)
    {
        while (json.BytesCommitted + json.BytesPending - _sent < SendAfterBytes
            && await rooms.ReadNextAsync(cancellationToken) is { } section)
        {
            Write(section);
        }
    }

    private void Write(RoomSection section)
    {
        if (section.Membership != _membership)
        {
            if (_membership is not null)
            {
                json.WriteEndObject();
            }

            _membership = section.Membership;
            json.WriteStartObject(_membership);
        }

        _rooms.Write(section);
    }

    private void WritePresence(IReadOnlyList<PresenceEvent> section)
    {
        if (section.Count == 0)
        {
            return;
        }

        json.WriteStartObject("presence"u8);
        json.WriteStartArray("events"u8);
        var scratch = new ArrayBufferWriter<byte>();
        foreach (var presence in section)
        {
            scratch.ResetWrittenCount();
            presence.WriteTo(scratch);
            json.WriteRawValue(scratch.WrittenSpan, skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteKeys(KeyNews news)
    {
        if (!news.DeviceLists.IsEmpty)
        {
            json.WriteStartObject("device_lists"u8);
            WriteUsers("changed"u8, news.DeviceLists.Changed);
            WriteUsers("left"u8, news.DeviceLists.Left);
            json.WriteEndObject();
        }

        json.WritePropertyName("device_one_time_keys_count"u8);
        json.WriteRawValue(news.Counts.OneTimeKeyCounts, skipInputValidation: true);
        json.WritePropertyName("device_unused_fallback_key_types"u8);
        json.WriteRawValue(news.Counts.UnusedFallbackKeyTypes, skipInputValidation: true);
    }

    private void WriteUsers(ReadOnlySpan<byte> name, IReadOnlyCollection<UserId> users)
    {
        json.WriteStartArray(name);
        foreach (var userId in users)
        {
            json.WriteStringValue(userId.Value);
        }

        json.WriteEndArray();
    }
}
