namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>A push rule that users switch on and off.</summary>
internal enum RuleOf
{
    Master,
    Room,
    Keyword,
}
