using System.Collections.Frozen;
using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Presence;
using Matrix.Realtime.PushRules;
using Matrix.Realtime.Receipts;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Typing;

namespace Matrix.Realtime.LiveQueries;

/// <summary>Tells which changes of the stream a query wants.</summary>
internal sealed class LiveSelection(LiveQuery query)
{
    private readonly FrozenSet<RoomId>? _rooms = query.Rooms?.ToFrozenSet();
    private readonly FrozenSet<UserId>? _users = query.Users?.ToFrozenSet();

    /// <summary>What of the range the store need not look for.</summary>
    public ChangeRange Narrow(ChangeRange range) => range with
    {
        Kinds = Map(LiveKinds.Events | LiveKinds.Membership, ChangeKinds.Events)
            | Map(LiveKinds.Typing, ChangeKinds.Typing)
            | Map(LiveKinds.Receipts, ChangeKinds.Receipts)
            | Map(LiveKinds.AccountData | LiveKinds.ReadMarkers, ChangeKinds.AccountData)
            | (_rooms is null ? Map(LiveKinds.Presence, ChangeKinds.Presence) : ChangeKinds.None),
        RoomId = _rooms is { Count: 1 } ? _rooms.Items[0] : null,
    };

    public bool Wants(StreamChange change) =>
        (query.Kinds & KindsOf(change)) != 0
        && (_rooms is null || (change.RoomId is { } roomId && _rooms.Contains(roomId)))
        && (_users is null || Concerns(change));

    private static LiveKinds KindsOf(StreamChange change) => change switch
    {
        RoomEventChange { UserId: not null } => LiveKinds.Events | LiveKinds.Membership,
        RoomEventChange => LiveKinds.Events,
        TypingChange => LiveKinds.Typing,
        ReceiptChange => LiveKinds.Receipts,
        AccountDataChange { RoomId: not null, Type: AccountDataTypes.FullyRead } =>
            LiveKinds.AccountData | LiveKinds.ReadMarkers,
        AccountDataChange or PushRulesChange => LiveKinds.AccountData,
        PresenceChange => LiveKinds.Presence,
        _ => LiveKinds.None,
    };

    private ChangeKinds Map(LiveKinds wanted, ChangeKinds kind) =>
        (query.Kinds & wanted) != 0 ? kind : ChangeKinds.None;

    private bool Concerns(StreamChange change) => change switch
    {
        RoomEventChange added =>
            _users!.Contains(added.Pdu.Sender) || (added.UserId is { } member && _users.Contains(member)),
        TypingChange typing => _users!.Contains(typing.Typist),
        _ => change.UserId is { } userId && _users!.Contains(userId),
    };
}
