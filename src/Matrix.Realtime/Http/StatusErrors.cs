using Matrix.Realtime.Errors;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>The error for a status that the framework chose, not one of our features.</summary>
internal static class StatusErrors
{
    public static MatrixException For(int statusCode) => statusCode switch
    {
        StatusCodes.Status400BadRequest =>
            MatrixException.InvalidParam("A parameter of the path or the query is missing or malformed."),
        StatusCodes.Status404NotFound => MatrixException.Unrecognized(),
        StatusCodes.Status405MethodNotAllowed =>
            new MatrixException(statusCode, MatrixErrorCodes.Unrecognized, "This path does not know that method."),
        StatusCodes.Status413PayloadTooLarge => MatrixException.TooLarge("The body is too large."),
        >= 500 => new MatrixException(statusCode, MatrixErrorCodes.Unknown, "Internal server error"),
        _ => new MatrixException(statusCode, MatrixErrorCodes.Unknown, "The request could not be processed."),
    };
}
