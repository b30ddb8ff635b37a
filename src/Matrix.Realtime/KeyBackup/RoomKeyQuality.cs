namespace Matrix.Realtime.KeyBackup;

/// <summary>What decides which of two keys of a session a backup keeps.</summary>
internal readonly record struct RoomKeyQuality(bool IsVerified, long FirstMessageIndex, long ForwardedCount)
{
    /// <summary>
    /// Whether this key replaces the one that is there: the verified one stays, then the one that begins earlier, then
    /// the one that was forwarded less often; of equals the one that is there.
    /// </summary>
    public bool IsBetterThan(RoomKeyQuality present)
    {
        if (IsVerified != present.IsVerified)
        {
            return IsVerified;
        }

        return FirstMessageIndex != present.FirstMessageIndex
            ? FirstMessageIndex < present.FirstMessageIndex
            : ForwardedCount < present.ForwardedCount;
    }
}
