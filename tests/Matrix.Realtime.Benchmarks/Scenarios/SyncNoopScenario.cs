using Matrix.Realtime.Benchmarks.Load;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>32 users whose syncs have nothing to tell and do not wait.</summary>
internal static class SyncNoopScenario
{
    private const int Users = 32;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stage stage)
    {
        var community = await Community.CreateAsync(stage.Server, Users);
        using var connection = await LoadConnection.OpenAsync(stage.Server.Port);
        var answer = await connection.SendSuccessfullyAsync(MatrixRequests.Sync(community.Members[0], since: null, timeout: 0));
        var since = MatrixRequests.NextBatch(answer.Body.Span);
        return await stage.MeasureAsync(["sync-noop, 32 users"], "requests/s", async (process, duration) =>
        {
            var target = process == stage.Floor ? Community.OnFloor(Users) : community;
            return [await ClosedLoop.MeasureAsync(process.Port, [.. target.Members.Select(Worker)], duration)];
        });

        Func<int, ReadOnlyMemory<byte>> Worker(Member member)
        {
            var request = MatrixRequests.Sync(member, since, timeout: 0);
            return _ => request;
        }
    }
}
