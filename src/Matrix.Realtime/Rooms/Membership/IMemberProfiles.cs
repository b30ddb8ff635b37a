using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>Where rooms learn what to copy of a profile into member events.</summary>
internal interface IMemberProfiles
{
    /// <summary>Loads the user's profile, so that the writer's loop need not wait for it.</summary>
    ValueTask PrepareAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>The user's profile with what the batch has done so far.</summary>
    ValueTask<MemberProfile> GetAsync(ChangeBatch batch, UserId userId);
}
