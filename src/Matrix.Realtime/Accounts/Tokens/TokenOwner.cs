using Matrix.Realtime.Http;

namespace Matrix.Realtime.Accounts.Tokens;

/// <summary>Whom an access token belongs to, and until when, in Unix milliseconds.</summary>
internal sealed record TokenOwner(Requester Requester, long? ExpiresTs);
