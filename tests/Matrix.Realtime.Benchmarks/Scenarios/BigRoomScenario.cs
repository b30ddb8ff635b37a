using System.Globalization;
using Matrix.Realtime.Benchmarks.Load;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>
/// Ten members of a large room and ten of a small one do the same; what most members have no part in should not cost more
/// for their number.
/// </summary>
internal static class BigRoomScenario
{
    private const int Active = 10;
    private const int Small = 100;
    private const int Large = 10_000;

    /// <summary>The large room's figures, with the small room in the place of the floor.</summary>
    public static async Task<IReadOnlyList<Figure>> RunAsync(Stage stage)
    {
        var members = await Community.RegisterAsync(stage.Server, Large);
        var large = await Community.CreateAsync(stage.Server, members);
        var small = await Community.CreateAsync(stage.Server, [.. members.Take(Small)]);
        return
        [
            await CompareAsync("send", "requests/s", (community, member, count) =>
                MatrixRequests.Send(community, member, $"{Guid.NewGuid():N}{count}")),
            await CompareAsync("state of one key", "requests/s", (community, member, _) =>
                MatrixRequests.InRoom(community, member, "state/m.room.power_levels/")),
            await CompareAsync("page of messages", "requests/s", (community, member, _) =>
                MatrixRequests.InRoom(community, member, "messages?dir=b&limit=20")),
            await CompareAsync("members", "members/s", (community, member, _) =>
                MatrixRequests.InRoom(community, member, "members?membership=join"), community => community.Members.Count),
            await CompareAsync("leave and join", "requests/s", (community, member, count) =>
                MatrixRequests.Membership(community, member, count % 2 == 0 ? "leave" : "join")),
        ];

        async Task<Figure> CompareAsync(
            string name,
            string unit,
            Func<Community, Member, int, byte[]> request,
            Func<Community, int>? weight = null)
        {
            var sent = new Dictionary<Community, int[]> { [large] = new int[Active], [small] = new int[Active] };
            await MeasureAsync(large, RunSettings.WarmUp);
            var (inLarge, inSmall) = (new List<double>(), new List<double>());
            for (var run = 0; run < stage.Settings.Runs; run++)
            {
                inLarge.Add(await MeasureAsync(large, stage.Settings.Duration));
                inSmall.Add(await MeasureAsync(small, stage.Settings.Duration));
            }

            var title = string.Create(CultureInfo.InvariantCulture, $"{name}, {Large:#,0} members beside {Small}");
            return new(title, unit, inLarge, inSmall);

            async Task<double> MeasureAsync(Community community, TimeSpan duration) =>
                (weight?.Invoke(community) ?? 1) * await ClosedLoop.MeasureAsync(
                    stage.Server.Port,
                    [.. community.Members.Skip(1).Take(Active).Select((member, index) =>
                        (Func<int, ReadOnlyMemory<byte>>)(_ => request(community, member, sent[community][index]++)))],
                    duration);
        }
    }
}
