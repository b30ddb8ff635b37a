namespace Matrix.Realtime.Filters;

/// <summary>How a sync encodes events.</summary>
internal enum EventFormat
{
    /// <summary>As clients see them everywhere else.</summary>
    Client,

    /// <summary>As servers exchange them.</summary>
    Federation,
}
