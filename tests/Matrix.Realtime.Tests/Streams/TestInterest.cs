using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Tests.Streams;

/// <summary>Wants what the function says.</summary>
internal sealed class TestInterest(Func<StreamChange, bool> wants) : IChangeInterest
{
    public static readonly TestInterest Everything = new(_ => true);

    public bool Wants(StreamChange change) => wants(change);
}
