namespace Matrix.Realtime.Sync;

/// <summary>Which state of a room goes with its timeline, and under which name.</summary>
internal enum StateFormat
{
    /// <summary><c>state</c>: as of the beginning of the timeline, so that its events continue it.</summary>
    BeforeTimeline,

    /// <summary><c>state_after</c>: as of the end of the timeline.</summary>
    AfterTimeline,

    /// <summary>The same by the name it had before it became part of the specification (MSC4222).</summary>
    UnstableAfterTimeline,
}
