using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>A device has other keys left to be claimed than before.</summary>
/// <param name="owner">The device.</param>
/// <param name="keys">All that there are from here on; the change's own position stands for theirs.</param>
internal sealed class OneTimeKeysChange(DeviceKey owner, OneTimeKeys keys) : StreamChange
{
    private KeyCounts? _counts;

    public DeviceKey Owner { get; } = owner;

    public OneTimeKeys Keys => keys with { Position = Position };

    /// <summary>The same in numbers, one object for everyone.</summary>
    public KeyCounts Counts => _counts ??= Keys.ToCounts();

    public override ChangeKinds Kind => ChangeKinds.OneTimeKeys;

    public override UserId? UserId => Owner.UserId;
}
