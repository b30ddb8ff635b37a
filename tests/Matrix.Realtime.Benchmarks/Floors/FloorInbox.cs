using System.Text;
using System.Threading.Channels;

namespace Matrix.Realtime.Benchmarks.Floors;

/// <summary>The messages that wait for one device: each is told once, and none is kept.</summary>
internal sealed class FloorInbox
{
    /// <summary>The token of a sync that waits for messages.</summary>
    public const string Since = "inbox";

    private const int Limit = 100;

    private readonly Channel<byte[]> _messages = Channel.CreateUnbounded<byte[]>();

    public void Deliver(byte[] content) => _messages.Writer.TryWrite(content);

    /// <summary>Waits for a message, and answers with all that there are by then.</summary>
    public async Task<byte[]> PollAsync()
    {
        await _messages.Reader.WaitToReadAsync();
        var answer = new StringBuilder("{\"next_batch\":\"s1869000000000000\",\"to_device\":{\"events\":[");
        for (var count = 0; count < Limit && _messages.Reader.TryRead(out var content); count++)
        {
            answer.Append(count == 0 ? "" : ",")
                .Append("{\"type\":\"m.room.encrypted\",\"sender\":\"@user0:localhost\",\"content\":")
                .Append(Encoding.UTF8.GetString(content)).Append('}');
        }

        return Encoding.UTF8.GetBytes(answer.Append("]}}").ToString());
    }
}
