using System.Globalization;
using Matrix.Realtime.Benchmarks.Load;
using Matrix.Realtime.Benchmarks.Servers;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>
/// Eight users sync when there is news in one of their rooms: four of them are in 2,000 rooms, four in ten. What did not
/// change should cost nothing.
/// </summary>
internal static class SyncOneRoomScenario
{
    private const int Users = 4;
    private const int Few = 10;
    private const int Many = 2000;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Stage stage)
    {
        var members = await Community.RegisterAsync(stage.Server, 2 * Users);
        var many = await ArriveAsync(stage.Server, [.. members.Take(Users)], Many);
        var few = await ArriveAsync(stage.Server, [.. members.Skip(Users)], Few);
        var onFloor = Community.OnFloor(Users).Members;
        var (ofMany, ofFew, ofFloor) = (new List<double>(), new List<double>(), new List<double>());
        await MeasureAsync(RunSettings.WarmUp);
        ofMany.Clear();
        ofFew.Clear();
        ofFloor.Clear();
        for (var run = 0; run < stage.Settings.Runs; run++)
        {
            await MeasureAsync(stage.Settings.Duration);
        }

        var title = string.Create(CultureInfo.InvariantCulture, $"sync-one-room, of {Many:#,0}");
        return
        [
            new($"{title}, beside its floor", "requests/s", ofMany, ofFloor),
            new($"{title}, beside of {Few}", "requests/s", ofMany, ofFew),
        ];

        async Task MeasureAsync(TimeSpan duration)
        {
            ofMany.Add(await ClosedLoop.MeasureAsync(stage.Server.Port, Workers(many), duration));
            ofFew.Add(await ClosedLoop.MeasureAsync(stage.Server.Port, Workers(few), duration));
            ofFloor.Add(await ClosedLoop.MeasureAsync(
                stage.Floor.Port,
                [.. onFloor.Select(member => Repeat(
                    MatrixRequests.LazySync(member, Floors.FloorSync.SinceFor(many.Length))))],
                duration));
        }
    }

    // By turns with two tokens, so that no answer is the one that was given just now.
    private static IReadOnlyList<Func<int, ReadOnlyMemory<byte>>> Workers(News news) =>
        [.. news.Members.Select(member => Repeat(
            MatrixRequests.LazySync(member, news.Tokens[0]), MatrixRequests.LazySync(member, news.Tokens[1])))];

    private static Func<int, ReadOnlyMemory<byte>> Repeat(params byte[][] requests) => count => requests[count % requests.Length];

    /// <summary>Gives the users their rooms, and news in one of them after two tokens that all of them have.</summary>
    private static async Task<News> ArriveAsync(MeasuredProcess server, IReadOnlyList<Member> members, int rooms)
    {
        var room = (await Community.CreateManyAsync(server, members, rooms))[0];
        using var connection = await LoadConnection.OpenAsync(server.Port);
        foreach (var member in members)
        {
            await connection.SendSuccessfullyAsync(MatrixRequests.LazySync(member, since: null));
        }

        var tokens = new List<string>();
        for (var message = 0; message < 6; message++)
        {
            var answer = await connection.SendSuccessfullyAsync(MatrixRequests.LazySync(members[0], since: "s9000000000000000000"));
            tokens.Add(MatrixRequests.NextBatch(answer.Body.Span));
            await connection.SendSuccessfullyAsync(MatrixRequests.Send(room, members[0], $"news{message}"));
        }

        var news = await connection.SendSuccessfullyAsync(MatrixRequests.LazySync(members[0], tokens[0]));
        return new(members, tokens, news.Body.Length);
    }

    private sealed record News(IReadOnlyList<Member> Members, IReadOnlyList<string> Tokens, int Length);
}
