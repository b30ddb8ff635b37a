namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>What counts depend on besides what was sent.</summary>
internal sealed class ModelUser
{
    public const string Main = "main";

    private readonly List<(string? Category, int Index)> _receipts = [];

    public bool IsJoined { get; set; } = true;

    /// <summary>The first event after they joined.</summary>
    public int JoinedAt { get; set; }

    public bool Master { get; set; }

    public bool Mutes { get; set; }

    public bool HasKeyword { get; set; }

    public HashSet<int> Ignored { get; } = [];

    /// <summary>Takes a receipt on an event; without a category for all of them.</summary>
    public void Read(string? category, int index) => _receipts.Add((category, index));

    public bool HasRead(string? thread, int index) =>
        _receipts.Any(receipt => receipt.Index >= index && (receipt.Category ?? (thread ?? Main)) == (thread ?? Main));
}
