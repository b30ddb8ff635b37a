namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary><c>event_match</c>: a property is like a pattern, or has words like it if it is the body.</summary>
internal sealed class EventMatchCondition(string[] path, string pattern) : PushCondition
{
    private readonly Glob _glob = Glob.Parse(pattern);
    private readonly bool _isBody = path is ["content", "body"];

    public override bool Matches(PushEvent pushEvent, PushRecipient recipient)
    {
        if (_isBody)
        {
            return pushEvent.Body is { } body && _glob.MatchesWords(body);
        }

        return pushEvent.Text(path) is { } text && _glob.Matches(new FoldedText(text));
    }
}
