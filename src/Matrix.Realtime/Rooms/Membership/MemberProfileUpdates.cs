using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>Repeats a changed profile in the user's member events, a bounded number of rooms at a time.</summary>
internal sealed class MemberProfileUpdates(
    ChangeWriter writer,
    RoomEventWriter events,
    RoomStates states,
    RoomTable rooms,
    IMemberProfiles profiles,
    ILogger<MemberProfileUpdates> logger)
{
    private const int RoomsPerChange = 50;

    /// <summary>
    /// Brings the member events of all joined rooms up to date. Not given up when the client hangs up.
    /// </summary>
    public async Task UpdateAsync(UserId userId)
    {
        var joined = await states.GetUserRoomsAsync(states.Current, userId, CancellationToken.None);
        foreach (var some in joined.Joined.Chunk(RoomsPerChange))
        {
            foreach (var roomId in some)
            {
                await states.GetRoomAsync(states.Current, roomId, CancellationToken.None);
            }

            await writer.SubmitAsync(
                async batch =>
                {
                    var profile = await profiles.GetAsync(batch, userId);
                    foreach (var roomId in some)
                    {
                        await UpdateAsync(batch, await batch.GetAsync(rooms, roomId), userId, profile);
                    }
                },
                CancellationToken.None);
        }
    }

    private async ValueTask UpdateAsync(ChangeBatch batch, RoomState room, UserId userId, MemberProfile profile)
    {
        if (room.Members.GetValueOrDefault(userId.Value) is not { Pdu.Membership: Memberships.Join } member)
        {
            return;
        }

        var content = MemberContent.Replace(member.Content, profile);
        if (content.AsSpan().SequenceEqual(member.Pdu.ContentJson.Span))
        {
            return;
        }

        var before = batch.Save();
        try
        {
            await events.AppendAsync(batch, room, new EventDraft
            {
                Type = EventTypes.Member,
                StateKey = userId.Value,
                Sender = userId,
                Content = content,
            });
        }
        catch (MatrixException refusal)
        {
            // One room's rules must not keep the others from learning the name.
            batch.Restore(before);
            Log.ProfileRefused(logger, userId, room.RoomId, refusal);
        }
    }
}
