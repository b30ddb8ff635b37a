namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>Which names of a recipient in the body notify them with a highlight, under the default rules.</summary>
[Flags]
internal enum LegacyMentions
{
    None = 0,
    DisplayName = 1,
    UserName = 2,
}
