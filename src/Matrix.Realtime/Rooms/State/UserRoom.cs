using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Rooms.State;

/// <summary>The whole history of one user's membership in one room.</summary>
/// <param name="Periods">In order; two neighbours never hold the same membership.</param>
internal sealed record UserRoom(ImmutableArray<MembershipPeriod> Periods)
{
    /// <summary>A room that the user never had to do with.</summary>
    public static readonly UserRoom None = new([]);

    /// <summary>The membership now; <c>leave</c> for strangers.</summary>
    public string Membership => Periods.IsEmpty ? Memberships.Leave : Periods[^1].Membership;

    /// <summary>Where the user last forgot the room.</summary>
    public StreamPosition ForgottenAt { get; init; }

    /// <summary>Whether the user forgot the room and has had nothing to do with it since.</summary>
    public bool IsForgotten => ForgottenAt > Since;

    public bool IsJoined => Membership == Memberships.Join;

    /// <summary>Where the present membership began.</summary>
    public StreamPosition Since => Periods.IsEmpty ? StreamPosition.Zero : Periods[^1].From;

    /// <summary>The membership that the given position left behind.</summary>
    public string At(StreamPosition position)
    {
        var index = IndexAt(position);
        return index < 0 ? Memberships.Leave : Periods[index].Membership;
    }

    /// <summary>Whether the user joined at some time after the position.</summary>
    public bool JoinsAfter(StreamPosition position)
    {
        for (var index = Periods.Length - 1; index >= 0 && Periods[index].From > position; index--)
        {
            if (Periods[index].Membership == Memberships.Join)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The end of the last time that the user was joined: where they left or were banned; null if joined or never.
    /// </summary>
    public StreamPosition? LeftAt()
    {
        for (var index = Periods.Length - 1; index > 0; index--)
        {
            if (Periods[index - 1].Membership == Memberships.Join)
            {
                return Periods[index].Membership == Memberships.Join ? null : Periods[index].From;
            }
        }

        return null;
    }

    public UserRoom With(StreamPosition position, string membership) =>
        !Periods.IsEmpty && Periods[^1].Membership == membership ? this : this with { Periods = Periods.Add(new(position, membership)) };

    private int IndexAt(StreamPosition position)
    {
        var index = Periods.Length - 1;
        while (index >= 0 && Periods[index].From > position)
        {
            index--;
        }

        return index;
    }
}
