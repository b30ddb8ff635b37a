using System.Security.Cryptography;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>An interactive authentication: what for, for which request, and how far it has come.</summary>
internal sealed record UiaSession
{
    private const int IdBytes = 32;

    private UiaSession(string id, string purpose)
    {
        Id = id;
        Purpose = purpose;
    }

    public string Id { get; }

    public string Purpose { get; }

    /// <summary>The request without its <c>auth</c>, as JSON.</summary>
    public byte[] Request { get; init; } = "{}"u8.ToArray();

    public IReadOnlyList<string> Completed { get; init; } = [];

    /// <summary>When the session began, in Unix milliseconds; null as long as it is not stored.</summary>
    public long? CreatedTs { get; init; }

    /// <summary>Whether a request asks for nothing, as when a client only wants to know the flows.</summary>
    public static bool IsEmpty(ReadOnlySpan<byte> request) => request.SequenceEqual("{}"u8);

    public static UiaSession Begin(string purpose) =>
        new(UnpaddedBase64.EncodeUrlSafe(RandomNumberGenerator.GetBytes(IdBytes)), purpose);

    public static UiaSession Restore(string id, UiaSessionRow row) => new(id, row.Purpose)
    {
        Request = UiaSeal.Open(id, row.SealedRequest),
        Completed = row.Completed.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        CreatedTs = row.CreatedTs,
    };

    public UiaSessionRow ToRow(long now) => new()
    {
        SessionHash = UiaSeal.Hash(Id),
        Purpose = Purpose,
        SealedRequest = UiaSeal.Close(Id, Request),
        Completed = string.Join(' ', Completed),
        CreatedTs = CreatedTs ?? now,
    };
}
