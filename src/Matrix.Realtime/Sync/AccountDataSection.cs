using System.Text.Json;
using Matrix.Realtime.AccountData;
using Matrix.Realtime.Filters;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Sync;

/// <summary>Selects and writes the account data to deliver, of a room or of none.</summary>
internal static class AccountDataSection
{
    /// <summary>The account data of a room that the recipient does not have yet.</summary>
    public static IReadOnlyList<AccountDataEntry> OfRoom(SyncContext context, RoomId roomId, StreamPosition after)
    {
        var filter = context.Filter.AccountData;
        return filter.AllowsRoom(roomId)
            ? Select(context, filter, context.AccountData.Of(roomId).Values.Where(entry => entry.Position > after))
            : [];
    }

    /// <summary>
    /// What the filter leaves of the entries; of more than its limit the newest. A first sync leaves out what was
    /// deleted.
    /// </summary>
    public static IReadOnlyList<AccountDataEntry> Select(
        SyncContext context, EventFilter filter, IEnumerable<AccountDataEntry> entries)
    {
        var wanted = entries
            .Where(entry => filter.AllowsAny(entry.Type) && !(context.IsInitial && entry.IsDeleted));
        return filter.Limit is { } limit
            ? [.. wanted.OrderByDescending(entry => entry.Position).Take(limit)]
            : [.. wanted];
    }

    /// <summary>Writes the section, if there is something in it.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<AccountDataEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        json.WriteStartObject("account_data"u8);
        json.WriteStartArray("events"u8);
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, entry.Type);
            json.WritePropertyName("content"u8);
            json.WriteRawValue(entry.Delivered, skipInputValidation: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
