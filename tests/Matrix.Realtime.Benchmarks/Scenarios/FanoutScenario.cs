using System.Diagnostics;
using Matrix.Realtime.Benchmarks.Load;
using Matrix.Realtime.Benchmarks.Servers;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>One user starts or stops typing; the others of the room wait for it in a sync each.</summary>
internal static class FanoutScenario
{
    /// <summary>Long enough for all to wait again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stage stage)
    {
        var everybody = await Community.CreateAsync(stage.Server, users: 201);
        var pair = await Community.CreateAsync(stage.Server, [everybody.Members[0], everybody.Members[1]]);
        return
        [
            .. await MeasureAsync(stage, pair, ["fanout, 1 waiting"]),
            .. await MeasureAsync(stage, everybody, ["fanout, first of 200 waiting", "fanout, last of 200 waiting"]),
        ];
    }

    private static Task<IReadOnlyList<Figure>> MeasureAsync(Stage stage, Community community, IReadOnlyList<string> names) =>
        stage.MeasureAsync(names, "ms", async (process, duration) => process == stage.Floor
            ? await MeasureAsync(process, Community.OnFloor(community.Members.Count), duration, onFloor: true)
            : await MeasureAsync(process, community, duration, onFloor: false));

    /// <summary>Medians over all rounds of the time from sending the PUT to the first and to the last answer.</summary>
    private static async Task<double[]> MeasureAsync(
        MeasuredProcess process, Community community, TimeSpan duration, bool onFloor)
    {
        var writer = community.Members[0];
        using var writing = await LoadConnection.OpenAsync(process.Port);
        await writing.SendSuccessfullyAsync(MatrixRequests.Typing(community, writer, isTyping: false));
        var waiters = await Task.WhenAll(
            community.Members.Skip(1).Select(member => Waiter.OpenAsync(process.Port, member, onFloor)));
        var (first, last) = (new List<double>(), new List<double>());
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; Stopwatch.GetElapsedTime(started) < duration; round++)
        {
            var waiting = waiters.Select(waiter => waiter.WaitAsync()).ToList();
            await Task.Delay(Pause);
            var sent = Stopwatch.GetTimestamp();
            await writing.SendSuccessfullyAsync(
                onFloor ? MatrixRequests.Wake(writer) : MatrixRequests.Typing(community, writer, isTyping: round % 2 == 0));
            var answered = await Task.WhenAll(waiting);
            first.Add(Stopwatch.GetElapsedTime(sent, answered.Min()).TotalMilliseconds);
            last.Add(Stopwatch.GetElapsedTime(sent, answered.Max()).TotalMilliseconds);
        }

        foreach (var waiter in waiters)
        {
            waiter.Dispose();
        }

        return [Figure.Median(first), Figure.Median(last)];
    }

    private sealed class Waiter(LoadConnection connection, Member member, bool onFloor, string since) : IDisposable
    {
        private string _since = since;

        public static async Task<Waiter> OpenAsync(int port, Member member, bool onFloor)
        {
            var connection = await LoadConnection.OpenAsync(port);
            var answer = await connection.SendSuccessfullyAsync(Sync(member, since: null, timeout: 0));
            return new(connection, member, onFloor, MatrixRequests.NextBatch(answer.Body.Span));
        }

        /// <summary>The moment at which the sync is answered.</summary>
        public async Task<long> WaitAsync()
        {
            var answer = await connection.SendSuccessfullyAsync(
                onFloor ? MatrixRequests.Park(member) : Sync(member, _since, timeout: 30_000));
            var answered = Stopwatch.GetTimestamp();
            _since = MatrixRequests.NextBatch(answer.Body.Span);
            return answered;
        }

        public void Dispose() => connection.Dispose();

        /// <summary>Of the presence of those who wait nobody is to hear.</summary>
        private static byte[] Sync(Member member, string? since, int timeout) =>
            MatrixRequests.Sync(member, since, timeout, setPresence: "offline");
    }
}
