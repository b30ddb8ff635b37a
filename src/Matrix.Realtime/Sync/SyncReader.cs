using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Presence;
using Matrix.Realtime.PushRules;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Matrix.Realtime.ToDevice;

namespace Matrix.Realtime.Sync;

/// <summary>Reads the answer to a sync as of one view.</summary>
internal sealed class SyncReader(
    RoomStates states,
    AccountDataService accountData,
    PushRuleService pushRules,
    PresenceReader presence,
    KeyNewsReader keys,
    ToDeviceReader toDevice,
    ChangedRooms changedRooms,
    RoomSectionReader sections,
    SentMembersCache sentMembers)
{
    /// <summary>How much is read before the answer begins to be written; most answers have less.</summary>
    private const int ReadAheadBytes = 64 * 1024;

    public async ValueTask<SyncResponse> ReadAsync(
        SyncRequest request, LiveView view, UserFeed feed, CancellationToken cancellationToken)
    {
        var context = new SyncContext
        {
            Request = request,
            View = view,
            Since = request.Since?.Position ?? StreamPosition.Zero,
            Rooms = await states.GetUserRoomsAsync(view, request.UserId, cancellationToken),
            AccountData = await accountData.GetAsync(view, request.UserId, cancellationToken),
            PushRules = await pushRules.GetAsync(view, request.UserId, cancellationToken),
            SentBefore = sentMembers.Find(request),
        };
        var rooms = new RoomQueue(context, sections, await changedRooms.FindAsync(context, feed, cancellationToken));
        var first = await ReadAheadAsync(rooms, cancellationToken);
        var messages = await toDevice.ReadAsync(
            view, request.Requester, request.Since?.ToDevice ?? StreamPosition.Zero, cancellationToken);
        return new SyncResponse
        {
            NextBatch = new(view.Position, messages.IsTruncated ? messages.Messages[^1].Position : null),
            ToDevice = messages.Messages,
            AccountData = ReadAccountData(context),
            Presence = await presence.ReadAsync(ToPresenceQuery(context, feed), cancellationToken),
            Keys = await keys.ReadAsync(context, feed, cancellationToken),
            Rooms = first,
            OtherRooms = rooms.IsExhausted ? null : rooms,
            SentAhead = context.Sent,
        };
    }

    /// <summary>The first sections of an answer, until they are enough to be worth sending.</summary>
    private static async ValueTask<IReadOnlyList<RoomSection>> ReadAheadAsync(
        RoomQueue rooms, CancellationToken cancellationToken)
    {
        List<RoomSection> sections = [];
        for (var size = 0; size < ReadAheadBytes; size += sections[^1].Size)
        {
            if (await rooms.ReadNextAsync(cancellationToken) is not { } section)
            {
                break;
            }

            sections.Add(section);
        }

        return sections;
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
