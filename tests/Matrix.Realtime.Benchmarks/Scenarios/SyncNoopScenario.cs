using Matrix.Realtime.Benchmarks.Load;
using Matrix.Realtime.Benchmarks.Servers;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>32 users, who share a hundred rooms, whose syncs have nothing to tell and do not wait.</summary>
internal static class SyncNoopScenario
{
    private const int Users = 32;
    private const int Rooms = 100;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stage stage)
    {
        var members = await Community.RegisterAsync(stage.Server, Users);
        var community = (await Community.CreateManyAsync(stage.Server, members, Rooms))[0];
        return await stage.MeasureAsync([$"sync-noop, {Users} users in {Rooms} rooms"], "requests/s", async (process, duration) =>
        {
            var target = process == stage.Floor ? Community.OnFloor(Users) : community;
            var since = await ArriveAsync(process, target);
            var workers = target.Members.Select(member => Worker(member, since));
            return [await ClosedLoop.MeasureAsync(process.Port, [.. workers], duration)];
        });
    }

    private static Func<int, ReadOnlyMemory<byte>> Worker(Member member, string since)
    {
        var request = MatrixRequests.IdleSync(member, since, timeout: 0);
        return _ => request;
    }

    /// <summary>A token from when the presence of all has been told.</summary>
    private static async Task<string> ArriveAsync(MeasuredProcess process, Community community)
    {
        using var connection = await LoadConnection.OpenAsync(process.Port);
        foreach (var member in community.Members)
        {
            await connection.SendSuccessfullyAsync(MatrixRequests.IdleSync(member, since: null, timeout: 0));
        }

        await Task.Delay(MatrixRequests.PresenceDelay);
        var answer = await connection.SendSuccessfullyAsync(
            MatrixRequests.IdleSync(community.Members[0], since: null, timeout: 0));
        return MatrixRequests.NextBatch(answer.Body.Span);
    }
}
