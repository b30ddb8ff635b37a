using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>
/// Whenever and however rarely a client syncs, it ends with the same picture as one that has just logged in; and nobody
/// can tell that live state is evicted and loaded again meanwhile.
/// </summary>
public sealed class SyncConvergenceTests
{
    private const int Steps = 150;

    // SYN-5, SYN-10 to SYN-12, SYN-21 to SYN-24, SYN-27, SYN-28, SYN-31, SYN-34, SYN-35, SYN-54, SYN-56, SYN-60, SYN-62
    [Theory]
    [AllDatabases(1)]
    [AllDatabases(2)]
    [AllDatabases(3)]
    public async Task Clients_SyncingNowAndThen_EndWithPictureOfFirstSync(DatabaseKind kind, int seed)
    {
        var random = new Random(seed);
        await using var ground = await SyncGround.StartAsync(kind);
        List<MatrixClient> users = [];
        foreach (var name in new[] { "alice", "bob", "carol", "dave" })
        {
            users.Add(await ground.RegisterAsync(name));
        }

        // The first of each user's clients is always current, the others are away for ever longer.
        var clients = users.SelectMany(user => new[] { 1, 6, 40 }
            .Select(pause => (User: user, Pause: pause, Picture: new ClientPicture(user)))).ToList();
        await Task.WhenAll(clients.Select(client => client.Picture.SyncAsync()));
        var world = new RandomWorld(random, users);
        for (var step = 0; step < Steps; step++)
        {
            var syncing = clients.Where(client => random.Next(client.Pause) == 0).ToList();
            var evicts = random.Next(3) == 0;
            await Task.WhenAll(
            [
                world.StepAsync(),
                .. syncing.Select(client => client.Picture.SyncAsync()),
                Task.Run(() => (evicts ? ground.Live.EvictAll : (Action)(() => { }))()),
            ]);
        }

        foreach (var user in users)
        {
            var fresh = new ClientPicture(user);
            await fresh.SyncAsync();
            foreach (var (_, pause, picture) in clients.Where(client => client.User == user))
            {
                await picture.SyncAsync();
                var expected = await fresh.DescribeAsync(picture.Untold);
                var actual = await picture.DescribeAsync(picture.Untold);
                var differences = expected.Except(actual).Select(line => $"- {line}")
                    .Concat(actual.Except(expected).Select(line => $"+ {line}"));
                Assert.True(expected.SequenceEqual(actual), $"{user.UserId} {pause}\n{string.Join('\n', differences)}");
            }
        }
    }
}
