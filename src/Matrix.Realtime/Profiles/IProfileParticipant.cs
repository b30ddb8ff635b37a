using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Profiles;

/// <summary>A feature that has something to add to the batch of every change of a profile.</summary>
internal interface IProfileParticipant
{
    /// <summary>Called on the writer's loop after the change was added to the batch.</summary>
    ValueTask OnProfileChangedAsync(
        ChangeBatch batch, UserId userId, ProfileState before, ProfileState after);
}
