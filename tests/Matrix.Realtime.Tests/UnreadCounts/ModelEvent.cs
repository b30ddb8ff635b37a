namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>What somebody has sent.</summary>
internal sealed class ModelEvent
{
    public required string Id { get; init; }

    public required int Sender { get; init; }

    public required Said What { get; init; }

    /// <summary>Who is mentioned or named.</summary>
    public int Of { get; init; }

    /// <summary>Whether it belongs to another event.</summary>
    public bool IsRelated { get; init; }

    /// <summary>The root of the thread; null in the main timeline.</summary>
    public string? Thread { get; init; }

    public bool IsEdit { get; init; }

    public bool IsRedacted { get; set; }

    /// <summary>Who ignored the sender then.</summary>
    public IReadOnlySet<int> HiddenFrom { get; init; } = new HashSet<int>();
}
