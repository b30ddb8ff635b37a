using Matrix.Realtime.Benchmarks.Load;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>
/// Ten users send into a room and listen to it. Most of its members do neither; their number should not matter.
/// </summary>
internal static class SendBigScenario
{
    private const int Active = 10;
    private const int Members = 10_000;

    /// <summary>The large room's figures, with the small room in the place of the floor.</summary>
    public static async Task<IReadOnlyList<Figure>> RunAsync(Stage stage)
    {
        var members = await Community.RegisterAsync(stage.Server, Members);
        var large = await Community.CreateAsync(stage.Server, members);
        var small = await Community.CreateAsync(stage.Server, [.. members.Take(Active)]);
        await MeasureAsync(stage, large, RunSettings.WarmUp);
        var (inLarge, inSmall) = (new List<double>(), new List<double>());
        for (var run = 0; run < stage.Settings.Runs; run++)
        {
            inLarge.Add(await MeasureAsync(stage, large, stage.Settings.Duration));
            inSmall.Add(await MeasureAsync(stage, small, stage.Settings.Duration));
        }

        return [new($"send-big, {Members:#,0} members beside {Active}", "requests/s", inLarge, inSmall)];
    }

    private static async Task<double> MeasureAsync(Stage stage, Community community, TimeSpan duration)
    {
        Member[] active = [.. community.Members.Take(Active)];
        await using var listeners = await SyncListeners.StartAsync(stage.Server, active, floorSince: null);
        return await ClosedLoop.MeasureAsync(
            stage.Server.Port,
            [.. active.Select(member =>
            {
                var run = Guid.NewGuid().ToString("N");
                return (Func<int, ReadOnlyMemory<byte>>)(count => MatrixRequests.Send(community, member, $"{run}{count}"));
            })],
            duration);
    }
}
