using System.Text;
using System.Text.Json.Nodes;
using Matrix.Realtime.AccountData;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Presence;
using Matrix.Realtime.Receipts;
using Matrix.Realtime.Rooms.Messages;
using Matrix.Realtime.Typing;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Tests.LiveQueries;

/// <summary>
/// Writes changes of all kinds as fast as the server takes them, by the services that endpoints call: one writer for
/// each user in each of their rooms.
/// </summary>
internal sealed class LiveLoad(LiveGround ground)
{
    private readonly RoomEventService _events = ground.Services.GetRequiredService<RoomEventService>();
    private readonly TypingService _typing = ground.Services.GetRequiredService<TypingService>();
    private readonly ReceiptService _receipts = ground.Services.GetRequiredService<ReceiptService>();
    private readonly AccountDataWriter _accountData = ground.Services.GetRequiredService<AccountDataWriter>();
    private readonly PresenceService _presence = ground.Services.GetRequiredService<PresenceService>();
    private readonly MatrixJson _json = ground.Services.GetRequiredService<MatrixJson>();
    private int _sent;

    /// <summary>Writes until the stream has come so far.</summary>
    public Task WriteAsync(IReadOnlyCollection<(MatrixClient User, string Room)> writers, StreamPosition until) =>
        Task.WhenAll(writers.Select(writer =>
            Task.Run(() => WriteAsync(writer.User, RoomId.Parse(writer.Room), until))));

    private async Task WriteAsync(MatrixClient user, RoomId room, StreamPosition until)
    {
        var requester = new Requester(UserId.Parse(user.UserId), DeviceId.Parse(user.DeviceId));
        var latest = await SendAsync(requester, room, 0);
        for (var n = 1; await ground.Live.GetPositionAsync() < until; n++)
        {
            switch (n % 10)
            {
                case 0 or 4 or 7:
                    latest = await SendAsync(requester, room, n);
                    break;
                case 1 or 5 or 8:
                    await _typing.SetAsync(
                        requester,
                        room,
                        requester.UserId,
                        new SetTypingRequest { Typing = n % 10 != 5, Timeout = 3_600_000 },
                        CancellationToken.None);
                    break;
                case 2:
                    var type = n % 20 == 2 ? ReceiptTypes.Read : ReceiptTypes.ReadPrivate;
                    await ReadAsync(requester, room, type, latest);
                    break;
                case 3:
                    await ReadAsync(requester, room, ReceiptTypes.FullyRead, latest);
                    break;
                case 6:
                    await _accountData.UpdateAsync(
                        requester.UserId,
                        n % 20 == 6 ? room : null,
                        $"org.example.{n % 7}",
                        _ => Encoding.UTF8.GetBytes($"{{\"n\":{n},\"in\":\"{room}\"}}"),
                        CancellationToken.None);
                    break;
                default:
                    await _presence.SetAsync(
                        requester,
                        requester.UserId,
                        new SetPresenceRequest { Presence = "online", StatusMessage = $"{n} in {room}" },
                        CancellationToken.None);
                    break;
            }
        }
    }

    private Task<EventId> SendAsync(Requester requester, RoomId room, int n)
    {
        JsonObject content = new() { ["msgtype"] = "m.text", ["body"] = $"{n}" };
        var body = JsonObjectBody.Parse(Encoding.UTF8.GetBytes(content.ToJsonString()), _json);
        var transaction = $"load {Interlocked.Increment(ref _sent)}";
        return _events.SendAsync(requester, room, "m.room.message", transaction, body, CancellationToken.None);
    }

    private Task ReadAsync(Requester requester, RoomId room, string type, EventId latest) =>
        _receipts.SetAsync(requester, room, type, latest, new ReceiptRequest(), CancellationToken.None);
}
