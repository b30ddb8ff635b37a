namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>What an event says, as far as push rules look at it.</summary>
internal enum Said
{
    Plain,
    Notice,
    Keyword,

    /// <summary>Somebody is mentioned as the specification has it.</summary>
    Mention,

    /// <summary>Somebody is mentioned by their name in the text, as of old.</summary>
    Name,
    RoomMention,
    Reaction,
    Redaction,
}
