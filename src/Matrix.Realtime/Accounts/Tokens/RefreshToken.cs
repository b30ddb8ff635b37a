using System.Diagnostics.CodeAnalysis;

namespace Matrix.Realtime.Accounts.Tokens;

/// <summary>The form of refresh tokens.</summary>
internal static class RefreshToken
{
    private static readonly TokenForm Form = new("mrr_");

    public static string Create() => Form.Create();

    /// <summary>What is kept of a token; false for text that cannot be a token of this server.</summary>
    public static bool TryHash(string token, [NotNullWhen(true)] out string? hash) => Form.TryHash(token, out hash);

    public static string Hash(string token) => TokenForm.Hash(token);
}
