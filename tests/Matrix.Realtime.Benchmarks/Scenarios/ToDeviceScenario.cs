using Matrix.Realtime.Benchmarks.Floors;
using Matrix.Realtime.Benchmarks.Load;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>32 users who send to 32 others, each of whom waits in a sync and so confirms what it was told.</summary>
internal static class ToDeviceScenario
{
    private const int Pairs = 32;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stage stage)
    {
        var community = await Community.CreateAsync(stage.Server, 2 * Pairs);
        return await stage.MeasureAsync(["to-device, 32 users to 32"], "requests/s", async (process, duration) =>
        {
            var onFloor = process == stage.Floor;
            var members = onFloor ? Community.OnFloor(2 * Pairs).Members : community.Members;
            await using var listening = await SyncListeners.StartAsync(
                process, [.. members.Skip(Pairs)], onFloor ? FloorInbox.Since : null);
            return
            [
                await ClosedLoop.MeasureAsync(
                    process.Port,
                    [.. members.Take(Pairs).Select((sender, index) => Send(sender, members[Pairs + index]))],
                    duration),
            ];
        });
    }

    private static Func<int, ReadOnlyMemory<byte>> Send(Member sender, Member recipient)
    {
        var run = Guid.NewGuid().ToString("N");
        return count => MatrixRequests.SendToDevice(sender, recipient, $"{run}{count}");
    }
}
