using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Accounts.Registration;

/// <summary>The tokens that the operator hands to whom they want to register.</summary>
internal sealed class RegistrationTokens(IOptions<RealtimeOptions> options)
{
    private readonly byte[][] _hashes = [.. options.Value.Registration.Tokens.Select(Hash)];

    /// <summary>Whether a token is needed to register.</summary>
    public bool AreRequired => _hashes.Length > 0;

    /// <summary>Whether the token is one of them; how long the answer takes tells nothing about any.</summary>
    public bool Contains(string token)
    {
        var hash = Hash(token);
        return _hashes.Count(known => CryptographicOperations.FixedTimeEquals(known, hash)) > 0;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
