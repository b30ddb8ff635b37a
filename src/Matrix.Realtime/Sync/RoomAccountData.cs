using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Sync;

/// <summary>The account data of a room that the recipient does not have yet.</summary>
internal static class RoomAccountData
{
    public static IReadOnlyList<AccountDataEntry> Read(SyncContext context, RoomId roomId, StreamPosition after)
    {
        var filter = context.Filter.AccountData;
        return filter.AllowsRoom(roomId)
            ? [.. context.AccountData.Of(roomId).Values
                .Where(entry => entry.Position > after && filter.AllowsType(entry.Type))]
            : [];
    }
}
