namespace Matrix.Realtime.Keys.CrossSigning;

/// <summary>What cross-signing keys are for.</summary>
internal static class CrossSigningUsages
{
    public const string Master = "master";
    public const string SelfSigning = "self_signing";
    public const string UserSigning = "user_signing";
}
