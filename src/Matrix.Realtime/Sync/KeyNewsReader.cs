using Matrix.Realtime.Keys.DeviceLists;
using Matrix.Realtime.Keys.OneTime;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Sync;

/// <summary>Reads what a sync has to tell about keys.</summary>
internal sealed class KeyNewsReader(DeviceListReader deviceLists, KeyCountsReader counts)
{
    public async ValueTask<KeyNews> ReadAsync(SyncContext context, UserFeed feed, CancellationToken cancellationToken)
    {
        var left = await counts.GetAsync(context.View, context.Request.Requester, cancellationToken);

        // What is newer than the view has ended the wait that began before it, and is told then.
        var isNews = left.Position > context.Since && left.Position <= context.View.Position;
        if (!context.IsInitial)
        {
            return new KeyNews(await deviceLists.ReadAsync(ToQuery(context, feed), cancellationToken), left, isNews);
        }

        await deviceLists.PrepareAsync(context.View, context.UserId, cancellationToken);
        return new KeyNews(DeviceListNews.None, left, isNews);
    }

    private static DeviceListQuery ToQuery(SyncContext context, UserFeed feed) => new()
    {
        UserId = context.UserId,
        Since = context.Since,
        View = context.View,
        Feed = feed,
        Rooms = context.Rooms,
    };
}
