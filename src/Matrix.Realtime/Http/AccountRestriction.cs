namespace Matrix.Realtime.Http;

/// <summary>What an administrator has taken from an account.</summary>
[Flags]
internal enum AccountRestriction
{
    None = 0,

    /// <summary>It reads and leaves, but no longer speaks.</summary>
    Suspended = 1,

    /// <summary>It can only log out; its sessions wait until it is unlocked.</summary>
    Locked = 2,
}
