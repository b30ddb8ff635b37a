using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Errors;

/// <summary>A protocol refusal. The HTTP layer turns it into its status and a standard error response, once.</summary>
/// <remarks>Ordinary outcomes (a stale receipt, an unchanged typing state) are return values, never this.</remarks>
internal sealed class MatrixException(int statusCode, string errorCode, string message) : Exception(message)
{
    /// <summary>The HTTP status of the answer.</summary>
    public int StatusCode { get; } = statusCode;

    /// <summary>The <c>errcode</c>, one of <see cref="MatrixErrorCodes"/>.</summary>
    public string ErrorCode { get; } = errorCode;

    /// <summary>Further properties of the error object, beside <c>errcode</c> and <c>error</c>.</summary>
    public IReadOnlyDictionary<string, object>? Details { get; init; }

    public static MatrixException BadJson(string message) => BadRequest(MatrixErrorCodes.BadJson, message);

    public static MatrixException NotJson(string message) => BadRequest(MatrixErrorCodes.NotJson, message);

    public static MatrixException MissingParam(string message) => BadRequest(MatrixErrorCodes.MissingParam, message);

    public static MatrixException InvalidParam(string message) => BadRequest(MatrixErrorCodes.InvalidParam, message);

    public static MatrixException BadRequest(string errorCode, string message) =>
        new(StatusCodes.Status400BadRequest, errorCode, message);

    public static MatrixException Forbidden(string message) =>
        new(StatusCodes.Status403Forbidden, MatrixErrorCodes.Forbidden, message);

    public static MatrixException NotFound(string message) =>
        new(StatusCodes.Status404NotFound, MatrixErrorCodes.NotFound, message);

    public static MatrixException Unrecognized(string message = "Unrecognized request") =>
        new(StatusCodes.Status404NotFound, MatrixErrorCodes.Unrecognized, message);

    public static MatrixException TooLarge(string message) =>
        new(StatusCodes.Status413PayloadTooLarge, MatrixErrorCodes.TooLarge, message);

    public static MatrixException MissingToken() =>
        new(StatusCodes.Status401Unauthorized, MatrixErrorCodes.MissingToken, "Missing access token");

    public static MatrixException UnknownToken(string message = "Unknown access token") =>
        new(StatusCodes.Status401Unauthorized, MatrixErrorCodes.UnknownToken, message);

    /// <summary>The caller's access token is of no use for now, while its device stays what it is.</summary>
    public static MatrixException SoftLogout(string errorCode, string message) =>
        new(StatusCodes.Status401Unauthorized, errorCode, message)
        {
            Details = new Dictionary<string, object> { ["soft_logout"] = true },
        };

    /// <summary>The caller's account is locked, and what is its own waits until it is unlocked.</summary>
    public static MatrixException Locked() => SoftLogout(MatrixErrorCodes.UserLocked, "This account has been locked.");

    public static MatrixException Suspended() =>
        new(StatusCodes.Status403Forbidden, MatrixErrorCodes.UserSuspended, "This account has been suspended.");

    /// <summary>The caller is too fast and may come back after <paramref name="retryAfter"/>.</summary>
    public static MatrixException LimitExceeded(TimeSpan retryAfter) =>
        new(StatusCodes.Status429TooManyRequests, MatrixErrorCodes.LimitExceeded, "Too many requests")
        {
            Details = new Dictionary<string, object> { ["retry_after_ms"] = (long)retryAfter.TotalMilliseconds },
        };

    /// <summary>The database did not take the change; nothing was applied and the client may try again.</summary>
    public static MatrixException Unavailable() =>
        new(StatusCodes.Status503ServiceUnavailable, MatrixErrorCodes.Unknown, "The change could not be stored. Try again.");
}
