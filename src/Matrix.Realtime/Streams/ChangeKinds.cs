namespace Matrix.Realtime.Streams;

/// <summary>What a change is about. A waiting sync names the kinds that it wants to be woken for.</summary>
[Flags]
internal enum ChangeKinds
{
    None = 0,

    /// <summary>A room event, seen by the members of its room.</summary>
    Events = 1,

    /// <summary>The set of users typing in a room.</summary>
    Typing = 2,

    /// <summary>Account data of one user, global or for a room.</summary>
    AccountData = 4,

    /// <summary>A receipt: a public one seen by the members of its room, a private one by its user.</summary>
    Receipts = 8,

    /// <summary>Whether a user is there, seen by those who share a room with them.</summary>
    Presence = 16,

    /// <summary>The devices or keys of a user, seen by those who share a room with them.</summary>
    DeviceLists = 32,

    /// <summary>The keys that a device has left to be claimed, seen by that device.</summary>
    OneTimeKeys = 64,

    /// <summary>A message from one device to another, seen by that one.</summary>
    ToDevice = 128,
}
