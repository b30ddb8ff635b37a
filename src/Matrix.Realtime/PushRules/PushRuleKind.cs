namespace Matrix.Realtime.PushRules;

/// <summary>The kinds of push rules, in the order in which they are tried.</summary>
internal enum PushRuleKind
{
    Override,
    Content,
    Room,
    Sender,
    Underride,
}
