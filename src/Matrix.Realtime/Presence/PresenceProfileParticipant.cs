using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Profiles;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Presence;

/// <summary>Lets presence carry the name and picture of its user.</summary>
internal sealed class PresenceProfileParticipant(
    PresenceTable table, PresenceWriter writer, IOptions<RealtimeOptions> options) : IProfileParticipant
{
    public async ValueTask OnProfileChangedAsync(
        ChangeBatch batch, UserId userId, ProfileState before, ProfileState after)
    {
        if (options.Value.Presence.Enabled && (await batch.GetAsync(table, userId)).IsKnown)
        {
            await writer.WriteAsync(
                batch, userId, presence => presence with { DisplayName = after.DisplayName, AvatarUrl = after.AvatarUrl });
        }
    }
}
