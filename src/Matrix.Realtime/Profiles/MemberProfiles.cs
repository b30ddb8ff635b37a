using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Membership;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Profiles;

/// <summary>Gives rooms what they copy of profiles into member events.</summary>
internal sealed class MemberProfiles(LiveState live, ProfileTable profiles) : IMemberProfiles
{
    public async ValueTask PrepareAsync(UserId userId, CancellationToken cancellationToken) =>
        await live.GetAsync(live.Current, profiles, userId, cancellationToken);

    public async ValueTask<MemberProfile> GetAsync(ChangeBatch batch, UserId userId)
    {
        var profile = await batch.GetAsync(profiles, userId);
        return new MemberProfile(profile.DisplayName, profile.AvatarUrl);
    }
}
