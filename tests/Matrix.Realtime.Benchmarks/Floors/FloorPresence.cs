using System.Buffers;
using System.Text;

namespace Matrix.Realtime.Benchmarks.Floors;

/// <summary>
/// Tells users which of those they share a room with come online: copies ready pieces, one answer for all that gathered
/// in a while.
/// </summary>
internal sealed class FloorPresence : IDisposable
{
    /// <summary>The token of a sync that is told of presence.</summary>
    public const string Since = "presence";

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);

    /// <summary>Guards the pollers.</summary>
    private readonly Lock _lock = new();

    private readonly Lazy<Poller[]> _pollers = new(CreatePollers);
    private readonly Timer _timer;

    public FloorPresence() => _timer = new(_ => Answer(), null, Gathering, Gathering);

    public void SetAllOffline()
    {
        lock (_lock)
        {
            foreach (var poller in _pollers.Value)
            {
                poller.IsOnline = false;
                poller.Pending.Clear();
            }
        }
    }

    /// <summary>A user's first poll shows them online to the others and is answered at once.</summary>
    public Task<byte[]> PollAsync(int user)
    {
        lock (_lock)
        {
            var poller = _pollers.Value[user];
            if (!poller.IsOnline)
            {
                poller.IsOnline = true;
                foreach (var mate in poller.Mates)
                {
                    _pollers.Value[mate].Pending.Add(poller.Piece);
                }

                return Task.FromResult(poller.TakeAnswer());
            }

            poller.Waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return poller.Waiting.Task;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Answer()
    {
        var answers = new List<(TaskCompletionSource<byte[]> Waiting, byte[] Answer)>();
        lock (_lock)
        {
            foreach (var poller in _pollers.IsValueCreated ? _pollers.Value : [])
            {
                if (poller is { Waiting: { } waiting, Pending.Count: > 0 })
                {
                    poller.Waiting = null;
                    answers.Add((waiting, poller.TakeAnswer()));
                }
            }
        }

        foreach (var (waiting, answer) in answers)
        {
            waiting.SetResult(answer);
        }
    }

    private static Poller[] CreatePollers()
    {
        var rooms = Enumerable.Range(0, StormRooms.Count).Select(room => StormRooms.MembersOf(room).ToArray()).ToArray();
        return
        [
            .. Enumerable.Range(0, StormRooms.Users).Select(user => new Poller(
                [.. StormRooms.RoomsOf(user).SelectMany(room => rooms[room]).Distinct()],
                Encoding.UTF8.GetBytes(FloorEvent.Presence(FloorServer.UserOf(user))))),
        ];
    }

    private sealed class Poller(int[] mates, byte[] piece)
    {
        public int[] Mates { get; } = mates;

        public byte[] Piece { get; } = piece;

        public List<byte[]> Pending { get; } = [];

        public bool IsOnline { get; set; }

        public TaskCompletionSource<byte[]>? Waiting { get; set; }

        public byte[] TakeAnswer()
        {
            var answer = new ArrayBufferWriter<byte>(64 + Pending.Sum(pending => pending.Length + 1));
            answer.Write(Encoding.ASCII.GetBytes($"{{\"next_batch\":\"{Since}\",\"presence\":{{\"events\":["));
            for (var i = 0; i < Pending.Count; i++)
            {
                answer.Write(i > 0 ? ","u8 : default);
                answer.Write(Pending[i]);
            }

            answer.Write("]}}"u8);
            Pending.Clear();
            return answer.WrittenSpan.ToArray();
        }
    }
}
