using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>
/// One change that clients can see by syncing: a fact with a place in the total order. Immutable once it has its
/// position.
/// </summary>
internal abstract class StreamChange
{
    /// <summary>The place in the stream, given by the batch that the change is appended to.</summary>
    public StreamPosition Position { get; set; }

    /// <summary>What the change is about.</summary>
    public abstract ChangeKinds Kind { get; }

    /// <summary>The room under which syncing users find the change, if it belongs to one.</summary>
    public virtual RoomId? RoomId => null;

    /// <summary>Whether everyone joined to <see cref="RoomId"/> is told.</summary>
    public virtual bool IsRoomWide => RoomId is not null;

    /// <summary>The user who is told whether or not they are joined to the room.</summary>
    public virtual UserId? UserId => null;

    /// <summary>
    /// Whether <see cref="UserId"/> is joined to <see cref="RoomId"/> from here on (true) or no longer (false);
    /// null when the change does not move a membership.
    /// </summary>
    public virtual bool? Joins => null;

    /// <summary>
    /// Of a change about <see cref="UserId"/> themselves, the rooms whose members are told of it. None for all others.
    /// </summary>
    public virtual IReadOnlyCollection<RoomId> PeerRooms => [];

    /// <summary>
    /// What this change has made of an earlier one, at that one's position, for those who have yet to be told of it.
    /// </summary>
    public virtual StreamChange? Amends => null;

    /// <summary>How long those who wait need not be woken for it.</summary>
    public virtual TimeSpan WakeWithin => TimeSpan.Zero;
}
