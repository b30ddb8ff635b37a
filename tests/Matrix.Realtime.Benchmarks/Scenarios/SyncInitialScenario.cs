using System.Diagnostics;
using Matrix.Realtime.Benchmarks.Floors;
using Matrix.Realtime.Benchmarks.Load;
using Matrix.Realtime.Benchmarks.Servers;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>The first sync of somebody in 200 rooms of 300 members each, who loads members lazily.</summary>
internal static class SyncInitialScenario
{
    private const int Users = 300;
    private const int Rooms = 200;
    private const int Messages = 10;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stage stage)
    {
        var members = await Community.RegisterAsync(stage.Server, Users);
        var rooms = await Community.CreateManyAsync(stage.Server, members, Rooms);
        await SpeakAsync(stage.Server, rooms);
        var length = (await SyncAsync(stage.Server, MatrixRequests.LazySync(members[0], since: null))).Length;
        var floorMember = Community.OnFloor(Users).Members[0];
        var loops = await stage.MeasureAsync(["sync-initial, whole answer", "sync-initial, its begin"], "ms", async (process, duration) =>
            await MeasureAsync(
                process,
                process == stage.Floor
                    ? MatrixRequests.LazySync(floorMember, FloorSync.SinceFor(length))
                    : MatrixRequests.LazySync(members[0], since: null),
                duration));
        return [.. loops, await MeasureHeldAsync(stage.Server, members, length)];
    }

    private static async Task SpeakAsync(MeasuredProcess server, IReadOnlyList<Community> rooms)
    {
        await Parallel.ForAsync(0, 8, async (worker, _) =>
        {
            using var connection = await LoadConnection.OpenAsync(server.Port);
            for (var room = worker; room < rooms.Count; room += 8)
            {
                for (var message = 0; message < Messages; message++)
                {
                    var sender = rooms[room].Members[(room + message) % Users];
                    await connection.SendSuccessfullyAsync(MatrixRequests.Send(rooms[room], sender, $"{room}-{message}"));
                }
            }
        });
    }

    /// <summary>One client after the other: medians of the time to the end of the answer, and to its begin.</summary>
    private static async Task<double[]> MeasureAsync(MeasuredProcess process, byte[] request, TimeSpan duration)
    {
        var answers = new List<Answer>();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            answers.Add(await SyncAsync(process, request));
        }

        return [Figure.Median(answers.Select(answer => answer.Whole)), Figure.Median(answers.Select(answer => answer.Begin))];
    }

    private static async Task<Answer> SyncAsync(MeasuredProcess process, byte[] request)
    {
        using var connection = await LoadConnection.OpenAsync(process.Port);
        var started = Stopwatch.GetTimestamp();
        await connection.BeginAsync(request);
        var begin = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var answer = await connection.EndAsync();
        return new(answer.Body.Length, Stopwatch.GetElapsedTime(started).TotalMilliseconds, begin);
    }

    /// <summary>What the server holds of an answer that its client does not take, beside the length of that answer.</summary>
    private static async Task<Figure> MeasureHeldAsync(MeasuredProcess server, IReadOnlyList<Member> members, int length)
    {
        const int Clients = 20;
        foreach (var member in members.Take(Clients))
        {
            await SyncAsync(server, MatrixRequests.LazySync(member, since: null));
        }

        var before = await server.ReadHeapAsync();
        var connections = new List<LoadConnection>();
        foreach (var member in members.Take(Clients))
        {
            connections.Add(await LoadConnection.OpenAsync(server.Port, receiveBuffer: 4096));
            await connections[^1].BeginAsync(MatrixRequests.LazySync(member, since: null));
        }

        await Task.Delay(TimeSpan.FromSeconds(1));
        var held = (await server.ReadHeapAsync() - before) / (double)Clients;
        connections.ForEach(connection => connection.Dispose());
        return new("sync-initial, held of an answer, beside all of it", "bytes", [held], [length]);
    }

    private sealed record Answer(int Length, double Whole, double Begin);
}
