using Matrix.Realtime.Benchmarks.Load;
using Matrix.Realtime.Benchmarks.Servers;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>
/// Polls that wait while nothing happens: 1,000 users in rooms of 50, one connection each, then ten each.
/// </summary>
internal static class IdlePollsScenario
{
    private const int Users = 1000;
    private const int RoomSize = 50;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stage stage)
    {
        var members = await Community.RegisterAsync(stage.Server, Users);
        foreach (var room in members.Chunk(RoomSize))
        {
            await Community.CreateAsync(stage.Server, room);
        }

        return [.. await MeasureAsync(stage, members, 1000), .. await MeasureAsync(stage, members, 10_000)];
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Stage stage, IReadOnlyList<Member> members, int polls)
    {
        var server = new List<IdleCost>();
        var floor = new List<IdleCost>();
        for (var run = 0; run < stage.Settings.Runs; run++)
        {
            server.Add(await MeasureAsync(stage.Server, members, polls, stage.Settings.Idle, onFloor: false));
            floor.Add(await MeasureAsync(stage.Floor, Community.OnFloor(Users).Members, polls, stage.Settings.Idle, onFloor: true));
        }

        return
        [
            new($"idle-polls, {polls:#,0}, memory of one", "bytes", [.. server.Select(cost => cost.Bytes)], [.. floor.Select(cost => cost.Bytes)]),
            new($"idle-polls, {polls:#,0}, processor", "% of a core", [.. server.Select(cost => cost.Processor)], [.. floor.Select(cost => cost.Processor)]),
        ];
    }

    private static async Task<IdleCost> MeasureAsync(
        MeasuredProcess process, IReadOnlyList<Member> members, int polls, TimeSpan idle, bool onFloor)
    {
        // One answered request each, so that connection and user are there before memory is read.
        var connections = new List<LoadConnection>(polls);
        for (var i = 0; i < polls; i++)
        {
            connections.Add(await LoadConnection.OpenAsync(process.Port));
            await connections[i].SendSuccessfullyAsync(
                MatrixRequests.IdleSync(members[i % members.Count], since: null, timeout: 0));
        }

        await Task.Delay(MatrixRequests.PresenceDelay);
        var answer = await connections[0].SendSuccessfullyAsync(
            MatrixRequests.IdleSync(members[0], since: null, timeout: 0));
        var since = MatrixRequests.NextBatch(answer.Body.Span);
        var polling = Enumerable.Range(0, polls).Select(i => members[i % members.Count]);
        byte[][] requests =
        [
            .. polling.Select(member => onFloor
                ? MatrixRequests.Park(member)
                : MatrixRequests.IdleSync(member, since, timeout: 300_000)),
        ];
        var before = await process.ReadHeapAsync();
        var waiting = connections.Zip(requests, async (connection, request) => await connection.SendAsync(request)).ToList();
        await Task.Delay(RunSettings.WarmUp);
        var after = await process.ReadHeapAsync();
        var processor = process.ProcessorTime;
        await Task.Delay(idle);
        processor = process.ProcessorTime - processor;
        if (waiting.Any(poll => poll.IsCompleted))
        {
            throw new InvalidOperationException("A poll was answered.");
        }

        foreach (var connection in connections)
        {
            connection.Dispose();
        }

        await Task.WhenAll(waiting).ContinueWith(_ => { }, TaskScheduler.Default);
        return new((after - before) / (double)polls, processor / idle * 100);
    }

    private sealed record IdleCost(double Bytes, double Processor);
}
