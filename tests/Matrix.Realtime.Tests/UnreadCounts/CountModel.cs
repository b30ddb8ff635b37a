namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>
/// One room as everybody in it has written and read it; counts anew, from the beginning, whenever asked.
/// </summary>
/// <param name="owner">Who may notify the whole room, and redact what others have sent.</param>
/// <param name="users">Everybody; users are meant by their place here.</param>
internal sealed class CountModel(int owner, IReadOnlyList<ModelUser> users)
{
    private readonly List<ModelEvent> _events = [];

    public IReadOnlyList<ModelUser> Users => users;

    /// <summary>Where the next event will be.</summary>
    public int End => _events.Count;

    /// <summary>One of the latest events; null while there are none.</summary>
    public ModelEvent? Back(int steps) => End == 0 ? null : _events[^(1 + (steps % End))];

    public void Add(ModelEvent sent) => _events.Add(sent);

    public bool MayRedact(int user, ModelEvent target) => user == owner || target.Sender == user;

    /// <summary>As a sync tells it: all together, or the main timeline and then each thread.</summary>
    public string Describe(int user, bool byThread)
    {
        var counted = Counted(user).ToList();
        var main = byThread ? counted.Where(found => found.Sent.Thread is null) : counted;
        var threads = counted.Where(found => byThread && found.Sent.Thread is not null)
            .GroupBy(found => found.Sent.Thread!)
            .OrderBy(thread => thread.Key, StringComparer.Ordinal)
            .Select(thread => $"{thread.Key} {Text(thread)}");
        return string.Join(" + ", threads.Prepend(Text(main)));
    }

    private static string Text(IEnumerable<(ModelEvent Sent, bool Highlights)> counted) =>
        $"{counted.Count()}/{counted.Count(found => found.Highlights)}";

    private IEnumerable<(ModelEvent Sent, bool Highlights)> Counted(int user) =>
        from index in Enumerable.Range(users[user].JoinedAt, End - users[user].JoinedAt)
        let sent = _events[index]
        where IsUnread(user, index)
        let outcome = Outcome(user, sent)
        where outcome.Notifies
        select (sent, outcome.Highlights);

    private bool IsUnread(int user, int index)
    {
        var sent = _events[index];
        return sent.Sender != user
            && !sent.IsRedacted
            && !sent.HiddenFrom.Contains(user)
            && !users[user].Ignored.Contains(sent.Sender)
            && !users[user].HasRead(sent.Thread, index)
            && !_events.Skip(index + 1).Any(later => later.Sender == user && later.Thread == sent.Thread);
    }

    private (bool Notifies, bool Highlights) Outcome(int user, ModelEvent sent)
    {
        var reader = users[user];
        return sent switch
        {
            _ when reader.Master => default,
            { What: Said.Notice or Said.Reaction or Said.Redaction } => default,
            { What: Said.Mention } when sent.Of == user => (true, true),
            { What: Said.RoomMention } when sent.Sender == owner => (true, true),
            { IsEdit: true } => default,
            { What: Said.Keyword } when reader.HasKeyword => (true, true),
            { What: Said.Name } when sent.Of == user => (true, true),
            _ => (!reader.Mutes, false),
        };
    }
}
