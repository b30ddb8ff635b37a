using System.Buffers;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.KeyBackup;

/// <summary>Writes the keys of a backup as clients get them back.</summary>
internal static class RoomKeyJson
{
    /// <summary>The key of a session.</summary>
    public static void WriteKey(IBufferWriter<byte> output, RoomKeyRow key)
    {
        output.Write("{\"first_message_index\":"u8);
        JsonText.WriteNumber(output, key.FirstMessageIndex);
        output.Write(",\"forwarded_count\":"u8);
        JsonText.WriteNumber(output, key.ForwardedCount);
        output.Write(key.IsVerified ? ",\"is_verified\":true,"u8 : ",\"is_verified\":false,"u8);
        output.Write("\"session_data\":"u8);
        output.Write(key.SessionData);
        output.Write("}"u8);
    }

    /// <summary>The keys of a room.</summary>
    public static void WriteRoom(IBufferWriter<byte> output, IReadOnlyList<RoomKeyRow> keys)
    {
        output.Write("{\"sessions\":{"u8);
        for (var i = 0; i < keys.Count; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            JsonText.WriteString(output, keys[i].SessionId);
            output.Write(":"u8);
            WriteKey(output, keys[i]);
        }

        output.Write("}}"u8);
    }
}
