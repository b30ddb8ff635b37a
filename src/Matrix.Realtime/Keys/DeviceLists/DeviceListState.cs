using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Keys.DeviceLists;

/// <summary>When the devices of a user last changed, and when they signed the keys of others.</summary>
internal sealed record DeviceListState : LiveSnapshot
{
    /// <inheritdoc cref="DeviceListRow.Position"/>
    public required StreamPosition ChangedAt { get; init; }

    /// <summary>Those whose master key the user has signed, and when they last did.</summary>
    public ImmutableDictionary<UserId, StreamPosition> Signed { get; init; } = [];

    public override int Weight => 1 + Signed.Count;
}
