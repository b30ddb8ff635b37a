namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>
/// 5,000 users in rooms of 50 poll and do nothing, watched once all have gone idle. In the place of the floor stands the
/// same server without presence, which renews the same polls.
/// </summary>
internal static class PresenceIdleScenario
{
    private const int Users = 5000;
    private const int RoomSize = 50;

    private static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(20);

    /// <summary>As long as a poll, so that renewals spread evenly.</summary>
    private static readonly TimeSpan Arrival = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stage stage)
    {
        var members = await Community.RegisterAsync(stage.Server, Users);
        foreach (var room in members.Chunk(RoomSize))
        {
            await Community.CreateAsync(stage.Server, room);
        }

        var (with, without) = (new List<Cost>(), new List<Cost>());
        for (var run = 0; run < stage.Settings.Runs; run++)
        {
            await stage.RestartServerAsync("--Matrix:Presence:IdleAfter", $"{IdleAfter}");
            with.Add(await MeasureAsync(stage, members, state: "unavailable"));
            await stage.RestartServerAsync("--Matrix:Presence:Enabled", "false");
            without.Add(await MeasureAsync(stage, members, state: "offline"));
        }

        return
        [
            Compare("writes", "batches/minute", cost => cost.Batches),
            Compare("processor", "% of a core", cost => cost.Processor),
            Compare("memory of one user", "bytes", cost => cost.Bytes),
        ];

        Figure Compare(string name, string unit, Func<Cost, double> value) => new(
            $"presence-idle, {Users:#,0} users, {name}", unit, [.. with.Select(value)], [.. without.Select(value)]);
    }

    private static async Task<Cost> MeasureAsync(Stage stage, IReadOnlyList<Member> members, string state)
    {
        await using var pollers = await Pollers.StartAsync(stage.Server, members, since: null, Arrival);
        await Task.Delay(Arrival + IdleAfter + RunSettings.WarmUp);
        await pollers.WaitForQuietAsync(RunSettings.WarmUp);
        await PresenceOf.ExpectAsync(stage.Server, members, state);
        var (batches, news) = (await stage.Database.ReadBatchesAsync(), pollers.News);
        var processor = stage.Server.ProcessorTime;
        await Task.Delay(stage.Settings.Idle);
        processor = stage.Server.ProcessorTime - processor;
        batches = await stage.Database.ReadBatchesAsync() - batches;
        if (pollers.News != news)
        {
            throw new InvalidOperationException("A presence changed.");
        }

        var idle = stage.Settings.Idle;
        var heap = await stage.Server.ReadHeapAsync();
        return new(batches / idle.TotalMinutes, processor / idle * 100, heap / (double)Users);
    }

    private sealed record Cost(double Batches, double Processor, double Bytes);
}
