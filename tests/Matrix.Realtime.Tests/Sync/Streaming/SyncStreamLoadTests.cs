using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.LiveQueries;

namespace Matrix.Realtime.Tests.Sync.Streaming;

/// <summary>Many streams while much happens, against a plain replay of what is stored.</summary>
public sealed class SyncStreamLoadTests
{
    private const int Changes = 50_000;
    private const int Streams = 20;

    private static readonly string Filter = MatrixClient.Escape("""{"room":{"timeline":{"limit":100000}}}""");

    [Theory, AllDatabases]
    public async Task Streams_TwentyOverManyChanges_TellWhatTheStoreTells(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind, LiveWorld.Calm);
        var world = await LiveWorld.CreateAsync(ground);
        var start = await ground.Live.GetPositionAsync();
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var scopes = world.Scopes(start);
        var reading = Enumerable.Range(0, Streams)
            .Select(index => (Scope: scopes[index % scopes.Count], Told: Task.Run(() => ReadAsync(world, index, start, end.Task))))
            .ToList();

        await new LiveLoad(ground).WriteAsync(world.Writers, new StreamPosition(start.Value + Changes));
        var last = await ground.Live.GetPositionAsync();
        end.SetResult();
        await world.EndAsync();

        var replay = await StoreReplay.ReadAsync(ground.Database, last);
        foreach (var (scope, reader) in reading)
        {
            var (expected, told) = (replay.Expect(scope), await reader);
            Assert.Equal(expected.Events.Order(), told.Events.Values.SelectMany(ids => ids).Order());
            Assert.All(told.Events.Values, ids => Assert.Equal(expected.Events.Where(ids.ToHashSet().Contains), ids));
            Assert.Equal(expected.Latest.OrderBy(value => value.Key), told.Values.Latest.OrderBy(value => value.Key));
        }
    }

    /// <summary>Of three streams one goes on, one stalls until all is over, and one breaks now and then.</summary>
    private static async Task<StreamedChanges> ReadAsync(LiveWorld world, int index, StreamPosition start, Task end)
    {
        var user = world.Users[index % world.Users.Count];
        var told = new StreamedChanges(world.Crier) { Owner = UserId.Parse(user.UserId) };
        var query = $"?since=s{start}&filter={Filter}&set_presence=offline";
        string? lastEventId = null;
        while (!told.IsOver)
        {
            using var stream = await LiveStream.OpenAsync(user, query, lastEventId);
            for (var answers = 0; !told.IsOver && (index % 3 != 2 || answers < 50); answers++)
            {
                told.Add(await stream.NextAsync());
                if (index % 3 == 1 && answers == 0)
                {
                    await end;
                }
            }

            lastEventId = stream.LastEventId;
        }

        return told;
    }
}
