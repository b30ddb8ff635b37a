using System.Net;
using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.Sync.Streaming;

/// <summary>A client's end of a stream of server-sent events, read as the standard says.</summary>
internal sealed class LiveStream : IDisposable
{
    public const string Path = "/_matrix/client/unstable/io.matrixrealtime.live/stream";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly StreamReader _reader;

    private LiveStream(HttpResponseMessage response, Stream body)
    {
        Response = response;
        _reader = new StreamReader(body);
    }

    public HttpResponseMessage Response { get; }

    /// <summary>The id of the last event, to come back with.</summary>
    public string? LastEventId { get; private set; }

    /// <summary>How long the server wants clients to wait before they come back, in milliseconds.</summary>
    public string? Retry { get; private set; }

    public static async Task<LiveStream> OpenAsync(MatrixClient client, string query = "", string? lastEventId = null)
    {
        (string, string)[] headers = lastEventId is null ? [] : [("Last-Event-ID", lastEventId)];
        var response = await client.OpenAsync(Path + query, headers).WaitAsync(Patience);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new LiveStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next answer to a sync; those without data are passed over.</summary>
    public async Task<JsonObject> NextAsync()
    {
        while (true)
        {
            var block = await ReadBlockAsync();
            Assert.True(block is not null, "The stream has ended.");
            if (block.TryGetValue("data", out var data))
            {
                var answer = JsonNode.Parse(data)!.AsObject();
                SyncShape.Check(answer);
                Assert.Equal(LastEventId, answer.NextBatch());
                return answer;
            }
        }
    }

    /// <summary>The texts of the messages in a room, as they come, until there are so many of them.</summary>
    public async Task<List<string>> ReadTextsAsync(string roomId, int count)
    {
        List<string> texts = [];
        while (texts.Count < count)
        {
            texts.AddRange((await NextAsync()).Joined(roomId).Texts());
        }

        return texts;
    }

    /// <summary>All that is told up to a message in a room, as it was written.</summary>
    public async Task<string> ReadThroughAsync(string roomId, string text)
    {
        var told = "";
        while (true)
        {
            var answer = await NextAsync();
            told += answer.ToJsonString();
            if (answer.Joined(roomId).Texts().Contains(text))
            {
                return told;
            }
        }
    }

    /// <summary>The fields up to the next empty line; null when the server has ended the stream.</summary>
    public async Task<Dictionary<string, string>?> ReadBlockAsync()
    {
        Dictionary<string, string> fields = [];
        while (await _reader.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.Length == 0)
            {
                LastEventId = fields.GetValueOrDefault("id", LastEventId!);
                Retry = fields.GetValueOrDefault("retry", Retry!);
                return fields;
            }

            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            Assert.True(colon > 0, $"Not a field: {line}");
            Assert.True(fields.TryAdd(line[..colon], line[(colon + 2)..]), $"Twice in one event: {line}");
        }

        return null;
    }

    /// <summary>Waits for the server to end the stream, and returns what it still told.</summary>
    public async Task<List<JsonObject>> ReadToEndAsync()
    {
        List<JsonObject> answers = [];
        while (await ReadBlockAsync() is { } block)
        {
            if (block.TryGetValue("data", out var data))
            {
                answers.Add(JsonNode.Parse(data)!.AsObject());
            }
        }

        return answers;
    }

    public void Dispose()
    {
        _reader.Dispose();
        Response.Dispose();
    }
}
