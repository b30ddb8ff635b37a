using System.Diagnostics.CodeAnalysis;

namespace Matrix.Realtime.Accounts.Tokens;

/// <summary>The form of access tokens.</summary>
internal static class AccessToken
{
    private static readonly TokenForm Form = new("mrt_");

    public static string Create() => Form.Create();

    /// <summary>What is kept of a token; false for text that cannot be a token of this server.</summary>
    public static bool TryHash(string token, [NotNullWhen(true)] out string? hash) => Form.TryHash(token, out hash);

    public static string Hash(string token) => TokenForm.Hash(token);
}
