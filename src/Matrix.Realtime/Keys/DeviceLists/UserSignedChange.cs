using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Keys.DeviceLists;

/// <summary>A user signed the master key of another, which is nobody else's business.</summary>
internal sealed class UserSignedChange(UserId signer, UserId signed) : StreamChange
{
    public UserId Signed { get; } = signed;

    public override ChangeKinds Kind => ChangeKinds.DeviceLists;

    public override UserId? UserId => signer;
}
