using Matrix.Realtime.Benchmarks.Floors;
using Matrix.Realtime.Benchmarks.Load;
using Matrix.Realtime.Benchmarks.Servers;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>32 users who write as fast as they are answered.</summary>
internal static class WriteScenarios
{
    private const int Users = 32;

    /// <summary>More than one user reads in all runs.</summary>
    private const int ReceiptTargets = 40_000;

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

    /// <summary>All go idle and come back.</summary>
    public static async Task<IReadOnlyList<Figure>> PresenceAsync(Stage stage) => await MeasureAsync(
        stage, "presence, 32 users", await Community.CreateAsync(stage.Server, Users), listeners: false, Presence);

    /// <summary>All send messages into one room.</summary>
    public static async Task<IReadOnlyList<Figure>> SendAsync(Stage stage) => await MeasureAsync(
        stage, "send, 32 users", await Community.CreateAsync(stage.Server, Users), listeners: false, Send);

    /// <summary>All write account data of their own.</summary>
    public static async Task<IReadOnlyList<Figure>> AccountDataAsync(Stage stage) => await MeasureAsync(
        stage,
        "account-data, 32 users",
        await Community.CreateAsync(stage.Server, Users),
        listeners: false,
        (_, member) => count => MatrixRequests.AccountData(member, count));

    /// <summary>All read the same messages, one after the other.</summary>
    public static async Task<IReadOnlyList<Figure>> ReceiptsAsync(Stage stage)
    {
        var community = await Community.CreateAsync(stage.Server, Users);
        var eventIds = await SendAsync(stage.Server, community, ReceiptTargets);
        var (read, readOnFloor) = (new int[Users], new int[Users]);
        return await MeasureAsync(stage, "receipts, 32 users", community, listeners: false, (target, member) =>
        {
            // On from where the run before ended, since a receipt never goes back.
            var counts = target == community ? read : readOnFloor;
            var index = target.Members.ToList().IndexOf(member);
            return _ => MatrixRequests.Receipt(target, member, eventIds[counts[index]++ % eventIds.Count]);
        });
    }

    private static async Task<List<string>> SendAsync(MeasuredProcess server, Community community, int count)
    {
        using var connection = await LoadConnection.OpenAsync(server.Port);
        var eventIds = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            var answer = await connection.SendSuccessfullyAsync(MatrixRequests.Send(community, community.Members[0], $"{i}"));
            eventIds.Add(MatrixRequests.EventId(answer.Body.Span));
        }

        return eventIds;
    }

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
                ? await SyncListeners.StartAsync(process, target.Members, onFloor ? ParkingLot.Since : null)
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

    private static Func<int, ReadOnlyMemory<byte>> Presence(Community community, Member member)
    {
        var online = MatrixRequests.Presence(member, "online");
        var unavailable = MatrixRequests.Presence(member, "unavailable");
        return count => count % 2 == 0 ? online : unavailable;
    }

    private static Func<int, ReadOnlyMemory<byte>> Send(Community community, Member member)
    {
        var run = Guid.NewGuid().ToString("N");
        return count => MatrixRequests.Send(community, member, $"{run}{count}");
    }
}
