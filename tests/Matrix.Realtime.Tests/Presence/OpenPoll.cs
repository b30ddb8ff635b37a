using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.Presence;

/// <summary>A sync that waits until it is answered or its client hangs up.</summary>
internal sealed class OpenPoll
{
    private readonly CancellationTokenSource _hangUp = new();

    public OpenPoll(MatrixClient user, string path) => Answer = user.GetAsync(path, _hangUp.Token).ExpectAsync();

    public Task<JsonObject> Answer { get; }

    public async Task HangUpAsync()
    {
        await _hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Answer);
    }
}
