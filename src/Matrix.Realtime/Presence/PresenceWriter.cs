using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Profiles;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Presence;

/// <summary>What a batch does to presence.</summary>
internal sealed class PresenceWriter(
    LiveState live, PresenceTable table, ProfileTable profiles, PresenceRouting routing, IOptions<RealtimeOptions> options)
{
    /// <summary>
    /// Lets others see what the function makes of what they saw before; writes nothing, and returns false, when they
    /// would see no difference.
    /// </summary>
    public async ValueTask<bool> WriteAsync(ChangeBatch batch, UserId userId, Func<UserPresence, UserPresence> change)
    {
        var before = await batch.GetAsync(table, userId);
        var after = change(before.IsKnown ? before : await IntroduceAsync(batch, before));
        if (before.IsKnown && after.LooksLike(before))
        {
            return false;
        }

        var rooms = await routing.GetRoomsAsync(batch, userId);
        var position = batch.Append(new PresenceChange(after, rooms, options.Value.Presence.WakeWithin));
        batch.Upsert((after with { Position = position }).ToRow());
        return true;
    }

    /// <summary>Notes when a user was last active, which others see by asking, and not as a change.</summary>
    public async ValueTask WriteLastActiveAsync(ChangeBatch batch, UserId userId, long lastActiveTs)
    {
        var presence = await batch.GetAsync(table, userId);
        if (presence.LastActiveTs < lastActiveTs)
        {
            batch.Upsert((presence with { LastActiveTs = lastActiveTs }).ToRow());
            batch.OnApplied(() => live.Evict(table, userId));
        }
    }

    private async ValueTask<UserPresence> IntroduceAsync(ChangeBatch batch, UserPresence unknown)
    {
        var profile = await batch.GetAsync(profiles, unknown.UserId);
        return unknown with { DisplayName = profile.DisplayName, AvatarUrl = profile.AvatarUrl };
    }
}
