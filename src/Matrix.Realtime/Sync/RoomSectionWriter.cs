using System.Buffers;
using System.Text;
using System.Text.Json;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Matrix.Realtime.UnreadCounts;

namespace Matrix.Realtime.Sync;

/// <summary>Encodes the rooms of an answer for its recipient, copying what is encoded already.</summary>
internal sealed class RoomSectionWriter(Utf8JsonWriter json, EventRecipient recipient, StateFormat stateFormat)
{
    private readonly ArrayBufferWriter<byte> _scratch = new();

    public void Write(RoomSection section)
    {
        json.WriteStartObject(section.RoomId.Value);
        switch (section)
        {
            case JoinedRoomSection joined:
                WriteJoined(joined);
                break;
            case InvitedRoomSection invited:
                WriteStripped(invited.IsInvite ? "invite_state"u8 : "knock_state"u8, invited);
                break;
            case LeftRoomSection left:
                WriteLeft(left);
                break;
        }

        json.WriteEndObject();
    }

    private void WriteJoined(JoinedRoomSection section)
    {
        var events = new ClientEventWriter(recipient, section.Details);
        WriteTimeline(section.Timeline, events);
        WriteState(section.State, events);
        AccountDataSection.Write(json, section.AccountData);
        WriteEphemeral(section);
        WriteUnread(section);
        if (section.Summary is { } summary)
        {
            WriteSummary(summary);
        }
    }

    private void WriteEphemeral(JoinedRoomSection section)
    {
        if (section.Typing.IsEmpty && section.Receipts.Count == 0)
        {
            return;
        }

        json.WriteStartObject("ephemeral"u8);
        json.WriteStartArray("events"u8);
        if (!section.Typing.IsEmpty)
        {
            json.WriteRawValue(section.Typing.Span, skipInputValidation: true);
        }

        foreach (var receipts in section.Receipts)
        {
            json.WriteRawValue(receipts, skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteUnread(JoinedRoomSection section)
    {
        WriteUnread("unread_notifications"u8, section.Unread);
        if (section.UnreadThreads is not { Count: > 0 } threads)
        {
            return;
        }

        json.WriteStartObject("unread_thread_notifications"u8);
        foreach (var (threadRoot, count) in threads)
        {
            WriteUnread(Encoding.UTF8.GetBytes(threadRoot.Value), count);
        }

        json.WriteEndObject();
    }

    private void WriteUnread(ReadOnlySpan<byte> name, UnreadCount count)
    {
        json.WriteStartObject(name);
        json.WriteNumber("notification_count"u8, count.Notifications);
        json.WriteNumber("highlight_count"u8, count.Highlights);
        json.WriteEndObject();
    }

    private void WriteLeft(LeftRoomSection section)
    {
        var events = new ClientEventWriter(recipient, section.Details);
        WriteTimeline(section.Timeline, events);
        WriteState(section.State, events);
        AccountDataSection.Write(json, section.AccountData);
    }

    private void WriteStripped(ReadOnlySpan<byte> name, InvitedRoomSection section)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("events"u8);
        foreach (var state in section.StrippedState)
        {
            json.WriteRawValue(ClientEventFormat.EncodeStripped(state.Pdu), skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteTimeline(Timeline timeline, ClientEventWriter events)
    {
        json.WriteStartObject("timeline"u8);
        WriteEventArray(timeline.Events, events);
        json.WriteBoolean("limited"u8, timeline.Limited);
        json.WriteString("prev_batch"u8, new StreamToken(timeline.PrevBatch).ToString());
        json.WriteEndObject();
    }

    private void WriteState(IReadOnlyCollection<RoomEvent> section, ClientEventWriter events)
    {
        json.WriteStartObject(stateFormat switch
        {
            StateFormat.AfterTimeline => "state_after"u8,
            StateFormat.UnstableAfterTimeline => "org.matrix.msc4222.state_after"u8,
            _ => "state"u8,
        });
        WriteEventArray(section, events);
        json.WriteEndObject();
    }

    private void WriteEventArray(IReadOnlyCollection<RoomEvent> section, ClientEventWriter events)
    {
        json.WriteStartArray("events"u8);
        foreach (var roomEvent in section)
        {
            _scratch.ResetWrittenCount();
            events.Write(_scratch, roomEvent);
            json.WriteRawValue(_scratch.WrittenSpan, skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    private void WriteSummary(RoomSummary summary)
    {
        json.WriteStartObject("summary"u8);
        json.WriteNumber("m.joined_member_count"u8, summary.JoinedMemberCount);
        json.WriteNumber("m.invited_member_count"u8, summary.InvitedMemberCount);
        if (summary.Heroes is { } heroes)
        {
            json.WriteStartArray("m.heroes"u8);
            foreach (var hero in heroes)
            {
                json.WriteStringValue(hero);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
