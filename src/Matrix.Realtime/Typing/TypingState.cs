using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Typing;

/// <summary>Who types in a room.</summary>
internal sealed record TypingState : LiveSnapshot
{
    /// <summary>How many changes are held.</summary>
    public const int MaxLatest = 32;

    private byte[]? _encoded;

    /// <summary>In the order in which they started.</summary>
    public ImmutableArray<UserId> Users { get; init; } = [];

    /// <summary>
    /// Who started or stopped when, the oldest first: of each user the last time, and the latest of them only.
    /// </summary>
    public ImmutableArray<(UserId Typist, StreamPosition Position)> Latest { get; init; } = [];

    public TypingState With(TypingChange change) => new()
    {
        Position = change.Position,
        Users = change.IsTyping ? Users.Remove(change.Typist).Add(change.Typist) : Users.Remove(change.Typist),
        Latest = After(change),
    };

    /// <summary>
    /// Whether one of the users that the condition holds for started or stopped after the position. True as well when
    /// that is longer ago than what is held tells.
    /// </summary>
    public bool HasChanged(StreamPosition after, Func<UserId, bool> concerns)
    {
        for (var index = Latest.Length - 1; index >= 0; index--)
        {
            if (Latest[index].Position <= after)
            {
                return false;
            }

            if (concerns(Latest[index].Typist))
            {
                return true;
            }
        }

        return Latest.Length == MaxLatest;
    }

    /// <summary>The <c>m.typing</c> event for a recipient; shared by all who ignore none of the typing users.</summary>
    public ReadOnlyMemory<byte> Encode(IReadOnlySet<UserId> ignored) =>
        ignored.Count == 0 || !Users.Any(ignored.Contains)
            ? _encoded ??= TypingEvent.Encode(Users)
            : TypingEvent.Encode(Users.Where(user => !ignored.Contains(user)));

    private ImmutableArray<(UserId Typist, StreamPosition Position)> After(TypingChange change)
    {
        var latest = ImmutableArray.CreateBuilder<(UserId Typist, StreamPosition Position)>(MaxLatest + 1);
        foreach (var earlier in Latest)
        {
            if (earlier.Typist != change.Typist)
            {
                latest.Add(earlier);
            }
        }

        if (latest.Count == MaxLatest)
        {
            latest.RemoveAt(0);
        }

        latest.Add((change.Typist, change.Position));
        return latest.DrainToImmutable();
    }
}
