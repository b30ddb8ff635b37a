using System.Text;
using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.LiveQueries;
using Matrix.Realtime.Presence;
using Matrix.Realtime.Receipts;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Tests.Accounts;
using Matrix.Realtime.Typing;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.LiveQueries;

/// <summary>
/// What readers should have been told, put together from all rows by the plain meaning of the rules. For worlds in
/// which nobody comes, goes or changes whom they ignore while it is read.
/// </summary>
internal sealed class StoreReplay
{
    private readonly List<EventRow> _events;
    private readonly List<TypingRow> _typing;
    private readonly List<ReceiptRow> _receipts;
    private readonly List<AccountDataRow> _accountData;
    private readonly List<PresenceRow> _presence;
    private readonly ILookup<RoomId, string> _members;

    private StoreReplay(
        List<EventRow> events,
        List<StateRow> members,
        List<TypingRow> typing,
        List<ReceiptRow> receipts,
        List<AccountDataRow> accountData,
        List<PresenceRow> presence)
    {
        _events = events;
        _typing = typing;
        _receipts = receipts;
        _accountData = accountData;
        _presence = presence;
        _members = members.ToLookup(row => row.RoomId, row => row.StateKey);
    }

    /// <summary>Reads all that happened up to a position.</summary>
    public static Task<StoreReplay> ReadAsync(Database database, StreamPosition through) => database.UseAsync(
        async context => new StoreReplay(
            await context.Set<EventRow>().AsNoTracking()
                .Where(row => row.Position <= through).OrderBy(row => row.Position).ToListAsync(),
            await context.Set<StateRow>().AsNoTracking()
                .Where(row => row.Membership == Memberships.Join && row.Until == StreamPosition.Never).ToListAsync(),
            await context.Set<TypingRow>().AsNoTracking().Where(row => row.Position <= through).ToListAsync(),
            await context.Set<ReceiptRow>().AsNoTracking().Where(row => row.Position <= through).ToListAsync(),
            await context.Set<AccountDataRow>().AsNoTracking().Where(row => row.Position <= through).ToListAsync(),
            await context.Set<PresenceRow>().AsNoTracking().Where(row => row.Position <= through).ToListAsync()));

    /// <summary>What a reader should have seen.</summary>
    public SeenChanges Expect(ReplayScope scope)
    {
        var seen = new SeenChanges();
        seen.Events.AddRange(_events
            .Where(row => scope.Wants(LiveKinds.Events) && row.Position > scope.From)
            .Where(row => IsIn(scope, row.RoomId) && scope.Hears(row.Sender))
            .Select(row => row.EventId.Value));
        AddTyping(scope, seen);
        AddReceipts(scope, seen);
        AddAccountData(scope, seen);
        AddPresence(scope, seen);
        return seen;
    }

    private void AddTyping(ReplayScope scope, SeenChanges seen)
    {
        foreach (var row in _typing.Where(row => scope.Wants(LiveKinds.Typing) && row.Position > scope.ValuesFrom))
        {
            if (IsIn(scope, row.RoomId) && scope.Hears(row.UserId))
            {
                seen.SetTyping(row.RoomId, row.UserId, row.IsTyping);
            }
        }
    }

    private void AddReceipts(ReplayScope scope, SeenChanges seen)
    {
        foreach (var row in _receipts.Where(row => scope.Wants(LiveKinds.Receipts) && row.Position > scope.ValuesFrom))
        {
            var isTold = scope.IsOwn(row.UserId) || (row.Type == ReceiptTypes.Read && scope.Hears(row.UserId));
            if (isTold && IsIn(scope, row.RoomId))
            {
                var threadId = row.Category.Length == 0 ? null : row.Category;
                seen.SetReceipt(row.RoomId, row.UserId, row.Type, threadId, row.EventId);
            }
        }
    }

    private void AddAccountData(ReplayScope scope, SeenChanges seen)
    {
        foreach (var row in _accountData.Where(row => row.Position > scope.ValuesFrom && scope.IsOwn(row.UserId)))
        {
            RoomId? room = RoomId.TryParse(row.Scope, out var parsed) ? parsed : null;
            if (scope.Wants(LiveKinds.AccountData) && (room is null ? scope.Query.Rooms is null : IsIn(scope, parsed)))
            {
                var content = row.Content.Length == 0 ? null : Encoding.UTF8.GetString(row.Content);
                seen.SetAccountData(row.UserId, room, row.Type, content);
            }
        }
    }

    private void AddPresence(ReplayScope scope, SeenChanges seen)
    {
        foreach (var row in _presence.Where(row => scope.Wants(LiveKinds.Presence) && row.Position > scope.ValuesFrom))
        {
            var isPeer = scope.UserId is not { Value: var user }
                || _members.Any(room => room.Contains(user) && room.Contains(row.UserId.Value));
            if (isPeer && scope.Query.Rooms is null && scope.Hears(row.UserId))
            {
                seen.SetPresence(row.UserId, row.State, row.StatusMessage);
            }
        }
    }

    private bool IsIn(ReplayScope scope, RoomId room) =>
        scope.Query.Rooms?.Contains(room) != false
        && (scope.UserId is not { Value: var user } || _members[room].Contains(user));
}
