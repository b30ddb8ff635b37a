using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Profiles;

/// <summary>A field of a profile was set or removed. Clients see it by what follows from it: member events.</summary>
internal sealed class ProfileChange(UserId owner, string key, byte[] value) : StreamChange
{
    public UserId Owner { get; } = owner;

    public string Key { get; } = key;

    /// <summary>The value in JSON, or <c>null</c>.</summary>
    public byte[] Value { get; } = value;

    public override ChangeKinds Kind => ChangeKinds.None;
}
