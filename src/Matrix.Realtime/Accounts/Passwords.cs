using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Accounts;

/// <summary>Hashes and checks passwords. Slow on purpose, so never to be called on the writer's loop.</summary>
internal sealed class Passwords
{
    private readonly PasswordHasher<Passwords> _hasher;
    private readonly string _unknown;

    public Passwords(IOptions<PasswordHasherOptions> options)
    {
        _hasher = new(options);
        _unknown = Hash("");
    }

    public string Hash(string password) => _hasher.HashPassword(this, password);

    /// <summary>
    /// Compares a password with an account's hash. Without an account it takes as long and fails, so that the time does
    /// not tell whether an account exists.
    /// </summary>
    public PasswordVerificationResult Verify(string? passwordHash, string password)
    {
        var result = _hasher.VerifyHashedPassword(this, passwordHash ?? _unknown, password);
        return passwordHash is null ? PasswordVerificationResult.Failed : result;
    }
}
