namespace Matrix.Realtime.Streams;

/// <summary>What a waiting reader wants to be woken for.</summary>
internal interface IChangeInterest
{
    /// <summary>
    /// Whether the change can matter to the reader. Called on the writer's thread: cheap, and never throws.
    /// </summary>
    bool Wants(StreamChange change);
}
