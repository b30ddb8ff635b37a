using Matrix.Realtime.Benchmarks.Load;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>32 users who write as fast as they are answered.</summary>
internal static class WriteScenarios
{
    private const int Users = 32;

    /// <summary>All start and stop typing in one room, first unseen, then while all sync.</summary>
    public static async Task<IReadOnlyList<Figure>> TypingAsync(Stage stage)
    {
        var community = await Community.CreateAsync(stage.Server, Users);
        return
        [
            .. await MeasureAsync(stage, "typing, 32 users", community, listeners: false, Typing),
            .. await MeasureAsync(stage, "typing, 32 users, all of them syncing", community, listeners: true, Typing),
        ];
    }

    /// <summary>All send messages into one room.</summary>
    public static async Task<IReadOnlyList<Figure>> SendAsync(Stage stage) => await MeasureAsync(
        stage, "send, 32 users", await Community.CreateAsync(stage.Server, Users), listeners: false, Send);

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(
        Stage stage,
        string name,
        Community community,
        bool listeners,
        Func<Community, Member, Func<int, ReadOnlyMemory<byte>>> worker)
    {
        return await stage.MeasureAsync([name], "requests/s", async (process, duration) =>
        {
            var onFloor = process == stage.Floor;
            var target = onFloor ? Community.OnFloor(Users) : community;
            await using var listening = listeners
                ? await SyncListeners.StartAsync(process, target.Members, onFloor)
                : null;
            return
            [
                await ClosedLoop.MeasureAsync(
                    process.Port, [.. target.Members.Select(member => worker(target, member))], duration),
            ];
        });
    }

    private static Func<int, ReadOnlyMemory<byte>> Typing(Community community, Member member)
    {
        var start = MatrixRequests.Typing(community, member, isTyping: true);
        var stop = MatrixRequests.Typing(community, member, isTyping: false);
        return count => count % 2 == 0 ? start : stop;
    }

    private static Func<int, ReadOnlyMemory<byte>> Send(Community community, Member member)
    {
        var run = Guid.NewGuid().ToString("N");
        return count => MatrixRequests.Send(community, member, $"{run}{count}");
    }
}
