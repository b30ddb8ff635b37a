using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Typing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Matrix.Realtime.Tests.Typing;

/// <summary>
/// Requests that arrive while the writer is busy, and so are decided in one batch, count in the order of their arrival:
/// TYP-3, TYP-5, TYP-6.
/// </summary>
public sealed class TypingOrderTests
{
    private Inside _inside = null!;

    [Theory]
    [AllDatabases]
    public async Task Stop_BehindAStartThatIsNotWrittenYet_EndsTheTyping(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);

        var release = await HoldAsync();
        var start = TypeAsync(scene, true);
        var stop = TypeAsync(scene, false);
        release();
        await Task.WhenAll(start, stop);

        Assert.Null(TypingScene.TypistsIn(await scene.Bob.SyncAsync(), scene.Room));
    }

    [Theory]
    [AllDatabases]
    public async Task Start_BehindAStopThatIsNotWrittenYet_StartsAgain(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        await scene.Alice.TypeAsync(scene.Room);

        var release = await HoldAsync();
        var stop = TypeAsync(scene, false);
        var start = TypeAsync(scene, true);
        Assert.False(start.IsCompleted);
        release();
        await Task.WhenAll(stop, start);

        Assert.Equal([scene.Alice.UserId], TypingScene.TypistsIn(await scene.Bob.SyncAsync(), scene.Room));
    }

    [Theory]
    [AllDatabases]
    public async Task Expiry_BehindAStopAndANewStart_LeavesTheNewTypingAlone(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        await scene.Alice.TypeAsync(scene.Room, timeout: 5_000);

        var release = await HoldAsync();
        var stop = TypeAsync(scene, false);
        var start = TypeAsync(scene, true);
        scene.Time.Advance(TimeSpan.FromSeconds(5));
        release();
        await Task.WhenAll(stop, start);
        await _inside.Writer.SubmitAsync(_ => ValueTask.CompletedTask, CancellationToken.None);

        Assert.Equal([scene.Alice.UserId], TypingScene.TypistsIn(await scene.Bob.SyncAsync(), scene.Room));
    }

    private async Task<TypingScene> SetAsync(DatabaseKind kind)
    {
        var scene = await TypingScene.SetAsync(kind, new()
        {
            Services = services => services.AddSingleton<IHostedService>(provider => _inside = new Inside(
                provider.GetRequiredService<TypingService>(), provider.GetRequiredService<ChangeWriter>())),
        });

        // What a request reads is loaded, so that requests reach the writer's queue before their calls return.
        await scene.Alice.TypeAsync(scene.Room);
        await scene.Alice.TypeAsync(scene.Room, typing: false);
        return scene;
    }

    private Task TypeAsync(TypingScene scene, bool typing) => _inside.Typing.SetAsync(
        new Requester(UserId.Parse(scene.Alice.UserId), DeviceId.Parse(scene.Alice.DeviceId)),
        RoomId.Parse(scene.Room),
        UserId.Parse(scene.Alice.UserId),
        new SetTypingRequest { Typing = typing },
        CancellationToken.None);

    /// <summary>Keeps the writer busy until the result is called.</summary>
    private async Task<Action> HoldAsync()
    {
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = _inside.Writer.SubmitAsync(
            async _ =>
            {
                reached.SetResult();
                await release.Task;
            },
            CancellationToken.None);
        await reached.Task;
        return release.SetResult;
    }

    private sealed class Inside(TypingService typing, ChangeWriter writer) : IHostedService
    {
        public TypingService Typing => typing;

        public ChangeWriter Writer => writer;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
