using Matrix.Realtime.Accounts;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Reports;

/// <summary>Keeps what users report, for whoever runs the server.</summary>
internal sealed class ReportService(
    ChangeWriter writer, RoomStates states, AccountDirectory accounts, TimeProvider time)
{
    private const int MaxReasonLength = 4096;
    private const int ReportIdLength = 16;

    /// <exception cref="MatrixException">404: there is no such room.</exception>
    public async Task ReportRoomAsync(
        UserId reporter, RoomId roomId, string reason, CancellationToken cancellationToken)
    {
        if (!(await states.GetRoomAsync(states.Current, roomId, cancellationToken)).Exists)
        {
            throw MatrixException.NotFound("There is no such room on this server.");
        }

        await AddAsync(new() { Reporter = reporter, RoomId = roomId, Reason = reason }, cancellationToken);
    }

    /// <exception cref="MatrixException">404: the reporter is not in the room, or may not see the event.</exception>
    public async Task ReportEventAsync(
        UserId reporter,
        RoomId roomId,
        EventId eventId,
        EventReportRequest request,
        CancellationToken cancellationToken)
    {
        var view = states.Current;
        var room = await states.GetRoomAsync(view, roomId, cancellationToken);
        var user = (await states.GetUserRoomsAsync(view, reporter, cancellationToken))[roomId];
        var found = user.IsJoined ? await states.FindEventAsync(view, roomId, eventId, cancellationToken) : null;
        if (found is null || !new VisibleRoom(room, user, view.Position).CanSee(found.Position))
        {
            throw MatrixException.NotFound("There is no such event in a room that you are joined to.");
        }

        var report = new ReportRow
        {
            Reporter = reporter,
            RoomId = roomId,
            EventId = eventId,
            Reason = request.Reason,
            Score = request.Score,
        };
        await AddAsync(report, cancellationToken);
    }

    /// <exception cref="MatrixException">404: there is no such user here.</exception>
    public async Task ReportUserAsync(
        UserId reporter, UserId userId, string reason, CancellationToken cancellationToken)
    {
        if (!await accounts.ExistsAsync(userId, cancellationToken))
        {
            throw MatrixException.NotFound("There is no such user on this server.");
        }

        await AddAsync(new() { Reporter = reporter, UserId = userId, Reason = reason }, cancellationToken);
    }

    private Task AddAsync(ReportRow report, CancellationToken cancellationToken)
    {
        if (report.Reason?.Length > MaxReasonLength)
        {
            throw MatrixException.InvalidParam($"'reason' must not be longer than {MaxReasonLength} characters.");
        }

        report.ReportId = RandomText.Create(ReportIdLength);
        report.CreatedTs = time.GetUtcNow().ToUnixTimeMilliseconds();
        return writer.SubmitAsync(
            batch =>
            {
                batch.Insert(report);
                return ValueTask.CompletedTask;
            },
            cancellationToken);
    }
}
