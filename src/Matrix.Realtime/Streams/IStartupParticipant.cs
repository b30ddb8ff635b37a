namespace Matrix.Realtime.Streams;

/// <summary>Adds to the first batch after a start, before anything is served.</summary>
internal interface IStartupParticipant
{
    ValueTask OnStartingAsync(ChangeBatch batch);
}
