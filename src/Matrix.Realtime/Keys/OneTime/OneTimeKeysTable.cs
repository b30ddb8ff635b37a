using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>Live one-time keys by device: of those that upload, and those whose keys are claimed.</summary>
internal sealed class OneTimeKeysTable : LiveTable<DeviceKey, OneTimeKeys>
{
    /// <summary>Keys held over all devices, at a few hundred bytes each.</summary>
    public override int Capacity => 200_000;

    public override bool IsHistorical => false;

    protected internal override Task<OneTimeKeys> LoadAsync(
        MatrixDbContext database, DeviceKey key, StreamPosition at, CancellationToken cancellationToken) =>
        OneTimeKeyQueries.ReadAsync(database, key, cancellationToken);

    protected internal override bool TryGetKey(StreamChange change, out DeviceKey key)
    {
        key = change is OneTimeKeysChange { Owner: var owner } ? owner : default;
        return change is OneTimeKeysChange;
    }

    protected override OneTimeKeys Apply(OneTimeKeys snapshot, StreamChange change) => ((OneTimeKeysChange)change).Keys;
}
