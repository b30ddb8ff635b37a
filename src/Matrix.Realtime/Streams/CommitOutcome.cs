namespace Matrix.Realtime.Streams;

/// <summary>How a commit ended, when the database did not fail.</summary>
internal enum CommitOutcome
{
    Committed,

    /// <summary>Another process has written since the batch was evaluated; nothing of the batch was.</summary>
    HeadMoved,
}
