namespace Matrix.Realtime.Streams;

/// <summary>Whether a committed change must survive a power failure.</summary>
internal enum ChangeDurability
{
    /// <summary>The batch waits until the disk has it.</summary>
    Durable,

    /// <summary>
    /// The change is worthless after a restart (typing); a batch of nothing else does not wait for the disk.
    /// </summary>
    Volatile,
}
