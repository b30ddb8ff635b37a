using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Typing;

/// <summary>Who types in a room.</summary>
internal sealed record TypingState : LiveSnapshot
{
    private byte[]? _encoded;

    /// <summary>In the order in which they started.</summary>
    public ImmutableList<UserId> Users { get; init; } = [];

    public TypingState With(TypingChange change) => new()
    {
        Position = change.Position,
        Users = change.IsTyping ? Users.Remove(change.Typist).Add(change.Typist) : Users.Remove(change.Typist),
    };

    /// <summary>The <c>m.typing</c> event for a recipient; shared by all who ignore none of the typing users.</summary>
    public ReadOnlyMemory<byte> Encode(IReadOnlySet<UserId> ignored) =>
        ignored.Count == 0 || !Users.Any(ignored.Contains)
            ? _encoded ??= TypingEvent.Encode(Users)
            : TypingEvent.Encode(Users.Where(user => !ignored.Contains(user)));
}
