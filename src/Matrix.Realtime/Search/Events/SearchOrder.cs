namespace Matrix.Realtime.Search.Events;

/// <summary>Which results come first.</summary>
internal enum SearchOrder
{
    /// <summary>Those with the least text besides the term; the newest of equals.</summary>
    Rank,

    /// <summary>The newest.</summary>
    Recent,
}
