using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Presence;

namespace Matrix.Realtime.Sync;

/// <summary>What a sync has to tell, before it is encoded for its recipient.</summary>
internal sealed class SyncResponse
{
    /// <summary>The position that the answer is complete up to.</summary>
    public required StreamPosition NextBatch { get; init; }

    public IReadOnlyList<AccountDataEntry> AccountData { get; init; } = [];

    public IReadOnlyList<PresenceEvent> Presence { get; init; } = [];

    public List<JoinedRoomSection> Joined { get; } = [];

    public List<InvitedRoomSection> Invited { get; } = [];

    public List<InvitedRoomSection> Knocked { get; } = [];

    public List<LeftRoomSection> Left { get; } = [];

    /// <summary>Whether there is nothing to tell but the token.</summary>
    public bool IsEmpty =>
        AccountData.Count == 0 && Presence.Count == 0
        && Joined.Count == 0 && Invited.Count == 0 && Knocked.Count == 0 && Left.Count == 0;
}
