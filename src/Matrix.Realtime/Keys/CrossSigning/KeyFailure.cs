using System.Text.Json.Serialization;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Keys.CrossSigning;

/// <summary>Why a signature was not taken.</summary>
internal sealed record KeyFailure(
    [property: JsonPropertyName("errcode")] string ErrorCode, [property: JsonPropertyName("error")] string Error)
{
    public static readonly KeyFailure NotFound = new(MatrixErrorCodes.NotFound, "There is no such key.");

    public static readonly KeyFailure Different =
        new(MatrixErrorCodes.InvalidSignature, "The key is not the one that is published.");

    public static readonly KeyFailure Unsigned =
        new(MatrixErrorCodes.InvalidSignature, "The key does not have a right signature of a key that may sign it.");

    public static KeyFailure Of(MatrixException refusal) => new(refusal.ErrorCode, refusal.Message);
}
