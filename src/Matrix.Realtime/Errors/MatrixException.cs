using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Errors;

/// <summary>
/// A protocol refusal: what was asked for is against the rules, and nothing was changed. Clients get it as their
/// answer.
/// </summary>
/// <remarks>Ordinary outcomes (a stale receipt, an unchanged typing state) are return values, never this.</remarks>
public sealed class MatrixException : Exception
{
    internal MatrixException(int statusCode, string errorCode, string message)
        : base(message)
    {
        StatusCode = statusCode;
        ErrorCode = errorCode;
    }

    /// <summary>The HTTP status of the answer.</summary>
    public int StatusCode { get; }

    /// <summary>The <c>errcode</c> of the specification, such as <c>M_FORBIDDEN</c>.</summary>
    public string ErrorCode { get; }

    /// <summary>Further properties of the error object, beside <c>errcode</c> and <c>error</c>.</summary>
    internal IReadOnlyDictionary<string, object>? Details { get; init; }

    internal static MatrixException BadJson(string message) => BadRequest(MatrixErrorCodes.BadJson, message);

    internal static MatrixException NotJson(string message) => BadRequest(MatrixErrorCodes.NotJson, message);

    internal static MatrixException MissingParam(string message) => BadRequest(MatrixErrorCodes.MissingParam, message);

    internal static MatrixException InvalidParam(string message) => BadRequest(MatrixErrorCodes.InvalidParam, message);

    internal static MatrixException BadRequest(string errorCode, string message) =>
        new(StatusCodes.Status400BadRequest, errorCode, message);

    internal static MatrixException Forbidden(string message) =>
        new(StatusCodes.Status403Forbidden, MatrixErrorCodes.Forbidden, message);

    internal static MatrixException NotFound(string message) =>
        new(StatusCodes.Status404NotFound, MatrixErrorCodes.NotFound, message);

    internal static MatrixException Unrecognized(string message = "Unrecognized request") =>
        new(StatusCodes.Status404NotFound, MatrixErrorCodes.Unrecognized, message);

    internal static MatrixException TooLarge(string message) =>
        new(StatusCodes.Status413PayloadTooLarge, MatrixErrorCodes.TooLarge, message);

    internal static MatrixException MissingToken() =>
        new(StatusCodes.Status401Unauthorized, MatrixErrorCodes.MissingToken, "Missing access token");

    internal static MatrixException UnknownToken(string message = "Unknown access token") =>
        new(StatusCodes.Status401Unauthorized, MatrixErrorCodes.UnknownToken, message);

    /// <summary>The caller's access token is of no use for now, while its device stays what it is.</summary>
    internal static MatrixException SoftLogout(string errorCode, string message) =>
        new(StatusCodes.Status401Unauthorized, errorCode, message)
        {
            Details = new Dictionary<string, object> { ["soft_logout"] = true },
        };

    /// <summary>The caller's account is locked, and what is its own waits until it is unlocked.</summary>
    internal static MatrixException Locked() => SoftLogout(MatrixErrorCodes.UserLocked, "This account has been locked.");

    internal static MatrixException Suspended() =>
        new(StatusCodes.Status403Forbidden, MatrixErrorCodes.UserSuspended, "This account has been suspended.");

    /// <summary>The caller is too fast and may come back after <paramref name="retryAfter"/>.</summary>
    internal static MatrixException LimitExceeded(TimeSpan retryAfter) =>
        new(StatusCodes.Status429TooManyRequests, MatrixErrorCodes.LimitExceeded, "Too many requests")
        {
            Details = new Dictionary<string, object> { ["retry_after_ms"] = (long)retryAfter.TotalMilliseconds },
        };

    /// <summary>The database did not take the change; nothing was applied and the client may try again.</summary>
    internal static MatrixException Unavailable() =>
        new(StatusCodes.Status503ServiceUnavailable, MatrixErrorCodes.Unknown, "The change could not be stored. Try again.");
}
