namespace Matrix.Realtime.ToDevice;

/// <summary>The next messages to deliver.</summary>
/// <param name="Messages">In order of arrival.</param>
/// <param name="IsTruncated">Whether others wait behind them.</param>
internal sealed record ToDeviceNews(IReadOnlyList<ToDeviceMessage> Messages, bool IsTruncated)
{
    public static readonly ToDeviceNews None = new([], false);
}
