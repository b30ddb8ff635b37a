using System.Text.Json;
using Matrix.Realtime.ToDevice;

namespace Matrix.Realtime.Sync;

/// <summary>Writes the messages to the syncing device.</summary>
internal static class ToDeviceSection
{
    /// <summary>Writes the section, if there is something in it.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ToDeviceMessage> messages)
    {
        if (messages.Count == 0)
        {
            return;
        }

        json.WriteStartObject("to_device"u8);
        json.WriteStartArray("events"u8);
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, message.Type);
            json.WriteString("sender"u8, message.Sender.Value);
            json.WritePropertyName("content"u8);
            json.WriteRawValue(message.Content, skipInputValidation: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
