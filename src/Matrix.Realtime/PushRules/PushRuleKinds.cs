namespace Matrix.Realtime.PushRules;

/// <summary>The kinds of push rules as they are called on the wire.</summary>
internal static class PushRuleKinds
{
    private static readonly string[] Names = ["override", "content", "room", "sender", "underride"];

    public static string NameOf(PushRuleKind kind) => Names[(int)kind];

    public static bool TryParse(string name, out PushRuleKind kind)
    {
        kind = (PushRuleKind)Array.IndexOf(Names, name);
        return kind >= 0;
    }
}
