namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>How far a receipt reaches.</summary>
internal enum ReadScope
{
    Unthreaded,

    /// <summary>The main timeline or the thread, whichever the event is in.</summary>
    Own,

    /// <summary>The thread of which the event is, or would be, the root.</summary>
    AsRoot,
}
