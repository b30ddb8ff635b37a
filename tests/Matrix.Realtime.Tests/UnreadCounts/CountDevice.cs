using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>A device that holds what it is told against the model.</summary>
internal sealed class CountDevice(MatrixClient client, string room, CountModel model, int user)
{
    private string? _since;
    private string? _told;

    public MatrixClient Client => client;

    /// <summary>Goes on where the last sync ended.</summary>
    public async Task SyncAsync(bool byThread)
    {
        var answer = await PollAsync(_since, byThread);
        _since = answer.NextBatch();
        if (!model.Users[user].IsJoined)
        {
            Assert.Null(answer.Joined(room));
            _told = null;
            return;
        }

        var expected = model.Describe(user, byThread: true);
        if (answer.Joined(room) is not null)
        {
            Assert.Equal(model.Describe(user, byThread), Describe(answer));
            _told = expected;
        }
        else
        {
            Assert.Equal(_told, expected);
        }
    }

    /// <summary>Asks as a client would that has just logged in.</summary>
    public async Task SyncFirstAsync()
    {
        if (model.Users[user].IsJoined)
        {
            foreach (var byThread in new[] { false, true })
            {
                Assert.Equal(model.Describe(user, byThread), Describe(await PollAsync(since: null, byThread)));
            }
        }
    }

    private Task<JsonObject> PollAsync(string? since, bool byThread) =>
        client.PollAsync(since, filter: byThread ? UnreadRequests.ByThread : null);

    private string Describe(JsonObject answer) => string.Join(
        " + ",
        answer.ThreadCounts(room).OrderBy(thread => thread.Key, StringComparer.Ordinal)
            .Select(thread => $"{thread.Key} {thread.Value}")
            .Prepend(answer.Counts(room)));
}
