using FsCheck.Xunit;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Tests.Rooms.State;

/// <summary>What may be seen, one event at a time and as ranges; SYN-31.</summary>
public sealed class HistoryVisibilityTests
{
    private static readonly string[] Visibilities = ["world_readable", "shared", "invited", "joined"];
    private static readonly string[] Memberships = ["join", "invite", "leave", "ban"];

    /// <summary>Each step is an event: a change of visibility, of the user's membership, or something else.</summary>
    [Property(MaxTest = 1000)]
    public void Ranges_HoldJustTheEventsThatMayBeSeen(byte[] steps)
    {
        var room = new RoomState { RoomId = RoomId.Parse("!room:localhost"), Position = StreamPosition.Zero };
        var user = UserRoom.None;
        foreach (var step in steps)
        {
            var position = room.Position.Next;
            room = room with { Position = position };
            if (step % 3 == 0)
            {
                room = room with { Visibilities = room.Visibilities.Add(new(position, Visibilities[step / 3 % 4])) };
            }
            else if (step % 3 == 1)
            {
                user = user.With(position, Memberships[step / 3 % 4]);
            }
        }

        var ranges = HistoryVisibility.Ranges(room, user);

        for (var position = new StreamPosition(1); position <= room.Position; position = position.Next)
        {
            Assert.Equal(
                HistoryVisibility.CanSee(room, user, position),
                ranges.Any(range => range.After < position && position <= range.Through));
        }

        Assert.All(ranges, range => Assert.False(range.IsEmpty));
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.True(pair.First.Through < pair.Second.After));
    }
}
