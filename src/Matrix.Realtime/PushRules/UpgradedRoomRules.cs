using Matrix.Realtime.Errors;
using Matrix.Realtime.Rooms.Membership;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.PushRules;

/// <summary>Takes a user's rules for a room along to the room that replaced it.</summary>
internal sealed class UpgradedRoomRules(RoomSuccession succession, PushRuleService pushRules) : IRoomEventParticipant
{
    public async ValueTask OnEventAsync(ChangeBatch batch, RoomEventChange change)
    {
        if (change.UserId is { } userId && await succession.FindPredecessorAsync(batch, change) is { } predecessor)
        {
            try
            {
                await pushRules.CopyRoomRulesAsync(batch, userId, predecessor, change.Pdu.RoomId);
            }
            catch (MatrixException refusal) when (refusal.ErrorCode == MatrixErrorCodes.TooLarge)
            {
                // Whoever has no space left for rules must be able to join nonetheless.
            }
        }
    }
}
