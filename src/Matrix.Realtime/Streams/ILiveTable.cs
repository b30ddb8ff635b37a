namespace Matrix.Realtime.Streams;

/// <summary>A <see cref="LiveTable{TKey,TSnapshot}"/> without its types, as the applier of committed changes sees it.</summary>
internal interface ILiveTable
{
    /// <summary>The table's place in a <see cref="LiveView"/>.</summary>
    int Index { get; set; }

    /// <summary>An immutable dictionary of no snapshots.</summary>
    object Empty { get; }

    /// <summary>The dictionary of snapshots after the change; keys that are not loaded stay so.</summary>
    object Apply(object snapshots, StreamChange change);

    /// <summary>Keeps the change for a load of its key that is under way.</summary>
    void Buffer(StreamChange change);
}
