using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Presence;
using Matrix.Realtime.PushRules;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Sync;

/// <summary>Reads the answer to a sync as of one view.</summary>
internal sealed class SyncReader(
    RoomStates states,
    AccountDataService accountData,
    PushRuleService pushRules,
    PresenceReader presence,
    ChangedRooms changedRooms,
    JoinedRoomReader joinedRooms,
    InvitedRoomReader invitedRooms,
    LeftRoomReader leftRooms,
    SentMembersCache sentMembers)
{
    public async ValueTask<SyncResponse> ReadAsync(
        SyncRequest request, LiveView view, UserFeed feed, CancellationToken cancellationToken)
    {
        var context = new SyncContext
        {
            Request = request,
            View = view,
            Since = StreamPosition.Min(request.Since ?? StreamPosition.Zero, view.Position),
            Rooms = await states.GetUserRoomsAsync(view, request.UserId, cancellationToken),
            AccountData = await accountData.GetAsync(view, request.UserId, cancellationToken),
            PushRules = await pushRules.GetAsync(view, request.UserId, cancellationToken),
            SentBefore = sentMembers.Find(request),
        };
        var response = new SyncResponse
        {
            NextBatch = view.Position,
            AccountData = ReadAccountData(context),
            Presence = await presence.ReadAsync(ToPresenceQuery(context, feed), cancellationToken),
        };
        foreach (var roomId in await changedRooms.FindAsync(context, feed, cancellationToken))
        {
            if (context.Filter.Allows(roomId) && context.Rooms.Rooms.TryGetValue(roomId, out var user))
            {
                await ReadRoomAsync(context, response, roomId, user, cancellationToken);
            }
        }

        sentMembers.Record(request, response.NextBatch, context.Sent);
        return response;
    }

    /// <summary>Puts the room into the one section that the present membership says.</summary>
    private async ValueTask ReadRoomAsync(
        SyncContext context, SyncResponse response, RoomId roomId, UserRoom user, CancellationToken cancellationToken)
    {
        switch (user.Membership)
        {
            case Memberships.Join:
                Add(response.Joined, await joinedRooms.ReadAsync(context, roomId, user, cancellationToken));
                break;
            case Memberships.Invite:
                Add(response.Invited, await invitedRooms.ReadAsync(context, roomId, user, cancellationToken));
                break;
            case Memberships.Knock:
                Add(response.Knocked, await invitedRooms.ReadAsync(context, roomId, user, cancellationToken));
                break;
            default:
                Add(response.Left, await leftRooms.ReadAsync(context, roomId, user, cancellationToken));
                break;
        }
    }

    private static void Add<T>(List<T> sections, T? section)
        where T : class
    {
        if (section is not null)
        {
            sections.Add(section);
        }
    }

    private static PresenceQuery ToPresenceQuery(SyncContext context, UserFeed feed) => new()
    {
        UserId = context.UserId,
        Since = context.IsInitial ? null : context.Since,
        View = context.View,
        Feed = feed,
        Rooms = context.Rooms,
        Filter = context.Request.Filter.Presence,
        Ignored = context.AccountData.Ignored.Now,
        Reconsidered = context.Reconsidered,
    };

    private static IReadOnlyList<AccountDataEntry> ReadAccountData(SyncContext context)
    {
        var filter = context.Request.Filter.AccountData;
        var entries = context.AccountData.Global.Values.Where(entry => entry.Position > context.Since);
        if (context.IsInitial || context.PushRules.Position > context.Since)
        {
            var rules = context.PushRules;
            entries = entries.Append(new(AccountDataTypes.PushRules, rules.Content, rules.Position));
        }

        return AccountDataSection.Select(context, filter, entries);
    }
}
