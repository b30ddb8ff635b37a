using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts;

/// <summary>The names that users of this server have. Upper case is taken for lower case.</summary>
internal sealed class LocalUsers(LocalServer server)
{
    private const string LettersAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int GeneratedLength = 12;

    // Upper case is listed, not mapped first: beyond ASCII there are letters whose lower case is an ASCII one.
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create($"{LettersAndDigits}ABCDEFGHIJKLMNOPQRSTUVWXYZ._=-/+");

    /// <summary>The user that a localpart stands for, by the grammar for new users.</summary>
    /// <exception cref="MatrixException">M_INVALID_USERNAME.</exception>
    public UserId FromUsername(string username) =>
        TryFromLocalpart(username, out var userId)
            ? userId.Value
            : throw MatrixException.BadRequest(
                MatrixErrorCodes.InvalidUsername,
                "A username consists of a-z, 0-9 and ._=-/+ and, with the server's name, of at most 255 characters.");

    /// <summary>The user that a login names, by localpart or in full; null if it cannot be one of ours.</summary>
    public UserId? FromLogin(string name)
    {
        if (!name.StartsWith('@'))
        {
            return TryFromLocalpart(name, out var local) ? local : null;
        }

        return UserId.TryParse(name, out var full)
            && server.Owns(full)
            && TryFromLocalpart(full.Localpart.ToString(), out var userId)
                ? userId
                : null;
    }

    /// <summary>A user with a name that nobody chose.</summary>
    public UserId Generate() => FromUsername(RandomNumberGenerator.GetString(LettersAndDigits, GeneratedLength));

    private bool TryFromLocalpart(string localpart, [NotNullWhen(true)] out UserId? userId)
    {
        UserId parsed = default;
        var valid = localpart.Length > 0
            && !localpart.AsSpan().ContainsAnyExcept(Allowed)
            && UserId.TryParse($"@{localpart.ToLowerInvariant()}:{server.Name}", out parsed);
        userId = valid ? parsed : null;
        return valid;
    }
}
