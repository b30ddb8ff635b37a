using Matrix.Realtime.AccountData;
using Matrix.Realtime.Filters;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Sync;

/// <summary>Selects the account data to deliver, of a room or of none.</summary>
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
            .Where(entry => filter.AllowsAccountData(entry.Type) && !(context.IsInitial && entry.IsDeleted));
        return filter.Limit is { } limit
            ? [.. wanted.OrderByDescending(entry => entry.Position).Take(limit)]
            : [.. wanted];
    }
}
