namespace Matrix.Realtime;

/// <summary>What clients keep with the server for their user.</summary>
public sealed class AccountDataOptions
{
    /// <summary>The largest content of one type, in bytes.</summary>
    public int MaxContentBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// The largest content of what grows with the user's rooms, contacts and secrets: <c>m.direct</c>,
    /// <c>m.ignored_user_list</c>, <c>m.push_rules</c>, and secret storage.
    /// </summary>
    public int MaxLargeContentBytes { get; set; } = 1024 * 1024;
}
