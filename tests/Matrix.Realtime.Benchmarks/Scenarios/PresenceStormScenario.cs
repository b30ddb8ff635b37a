using Matrix.Realtime.Benchmarks.Floors;
using Matrix.Realtime.Benchmarks.Load;
using Matrix.Realtime.Benchmarks.Servers;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>
/// 2,000 users in 50 rooms begin to poll within five seconds, and all see all others with whom they share a room come
/// online.
/// </summary>
internal static class PresenceStormScenario
{
    private static readonly TimeSpan Arrival = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OfflineAfter = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stage stage)
    {
        await stage.RestartServerAsync("--Matrix:Presence:OfflineAfter", $"{OfflineAfter}");
        var members = await Community.RegisterAsync(stage.Server, StormRooms.Users);
        for (var room = 0; room < StormRooms.Count; room++)
        {
            await Community.CreateAsync(stage.Server, [.. StormRooms.MembersOf(room).Select(user => members[user])]);
        }

        var membersOnFloor = Community.OnFloor(StormRooms.Users).Members;
        var (server, floor) = (new List<Cost>(), new List<Cost>());
        for (var run = -1; run < stage.Settings.Runs; run++)
        {
            var onServer = await MeasureServerAsync(stage.Server, members);
            var onFloor = await MeasureFloorAsync(stage.Floor, membersOnFloor);

            // The first is the warm-up.
            if (run >= 0)
            {
                server.Add(onServer);
                floor.Add(onFloor);
            }
        }

        return
        [
            Compare("processor", "s", cost => cost.Processor.TotalSeconds),
            Compare("responses", "", cost => cost.Responses),
            Compare("bytes", "MB", cost => cost.Bytes / 1e6),
        ];

        Figure Compare(string name, string unit, Func<Cost, double> value) => new(
            $"presence-storm, {StormRooms.Users:#,0} users, {name}",
            unit,
            [.. server.Select(value)],
            [.. floor.Select(value)]);
    }

    private static async Task<Cost> MeasureServerAsync(MeasuredProcess server, IReadOnlyList<Member> members)
    {
        await Task.Delay(OfflineAfter + RunSettings.WarmUp);
        await PresenceOf.ExpectAsync(server, members, "offline");
        using var connection = await LoadConnection.OpenAsync(server.Port);
        var answer = await connection.SendSuccessfullyAsync(
            MatrixRequests.Sync(members[0], since: null, timeout: 0, setPresence: "offline"));
        return await MeasureAsync(server, members, MatrixRequests.NextBatch(answer.Body.Span));
    }

    private static async Task<Cost> MeasureFloorAsync(MeasuredProcess floor, IReadOnlyList<Member> members)
    {
        using var connection = await LoadConnection.OpenAsync(floor.Port);
        await connection.SendSuccessfullyAsync(MatrixRequests.AllOffline(members[0]));
        return await MeasureAsync(floor, members, FloorPresence.Since);
    }

    private static async Task<Cost> MeasureAsync(MeasuredProcess process, IReadOnlyList<Member> members, string since)
    {
        var processor = process.ProcessorTime;
        await using var pollers = await Pollers.StartAsync(process, members, since, Arrival);
        await Task.Delay(Arrival);
        await pollers.WaitForQuietAsync(TimeSpan.FromSeconds(2));
        return new(process.ProcessorTime - processor, pollers.Responses, pollers.Bytes);
    }

    private sealed record Cost(TimeSpan Processor, long Responses, long Bytes);
}
