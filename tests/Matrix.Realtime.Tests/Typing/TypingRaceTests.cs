using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Typing;

/// <summary>What many requests at once, and deadlines among them, leave behind: TYP-5, TYP-6, TYP-13.</summary>
public sealed class TypingRaceTests
{
    [Theory]
    [AllDatabases]
    public async Task Toggles_OfOneUserAtOnce_LeaveNothingStuck(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(
                index => Task.Run(() => scene.Alice.TypeAsync(scene.Room, typing: index % 2 == 0, timeout: 60_000))));

            await scene.Alice.TypeAsync(scene.Room, typing: false);
            Assert.Null(TypingScene.TypistsIn(await scene.Bob.SyncAsync(), scene.Room));
            await scene.Alice.TypeAsync(scene.Room, timeout: 1_000);
            Assert.Equal([scene.Alice.UserId], await scene.PollAsync());

            var poll = scene.PollAsync();
            scene.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Empty((await poll)!);
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Toggles_ByManyAtOnce_EndWithWhoeverTypesStill(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        var users = await Task.WhenAll(Enumerable.Range(0, 8).Select(async index =>
        {
            var user = await scene.App.RegisterAsync($"typist{index}");
            await user.JoinAsync(scene.Room);
            return user;
        }));

        await Task.WhenAll(users.Select(async (user, index) =>
        {
            for (var i = 0; i < 25; i++)
            {
                await user.TypeAsync(scene.Room, typing: (i + index) % 2 == 0);
            }
        }));

        var typing = users.Where((_, index) => (24 + index) % 2 == 0).Select(user => user.UserId).Order();
        Assert.Equal(typing, TypingScene.TypistsIn(await scene.Bob.SyncAsync(), scene.Room)!.Order());
    }

    [Theory]
    [AllDatabases]
    public async Task Renewals_AgainstExpiry_NeverEndWithAnAcknowledgedRenewalLost(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        for (var round = 0; round < 30; round++)
        {
            await scene.Alice.TypeAsync(scene.Room, timeout: 1_000);
            await Task.WhenAll(
                Task.Run(() => scene.Time.Advance(TimeSpan.FromSeconds(1))),
                Task.Run(() => scene.Alice.TypeAsync(scene.Room, timeout: 60_000)));

            Assert.Equal(
                [scene.Alice.UserId], TypingScene.TypistsIn(await scene.Bob.SyncAsync(), scene.Room));
            await scene.Alice.TypeAsync(scene.Room, typing: false);
        }
    }
}
