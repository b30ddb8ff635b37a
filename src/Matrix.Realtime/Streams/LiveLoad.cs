using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>
/// A load under way: read as of <see cref="At"/>, then followed by the changes that were applied meanwhile.
/// </summary>
internal sealed class LiveLoad<TSnapshot>(StreamPosition at)
{
    /// <summary>The applied position when the load was registered.</summary>
    public StreamPosition At { get; } = at;

    /// <summary>
    /// Changes of the key applied since. Guarded by the gate of <see cref="LiveState"/> until loaded.
    /// </summary>
    public List<StreamChange> Buffer { get; } = [];

    /// <summary>Completes with the snapshot as of <see cref="At"/> once the live view holds the key.</summary>
    public TaskCompletionSource<TSnapshot> Loaded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
