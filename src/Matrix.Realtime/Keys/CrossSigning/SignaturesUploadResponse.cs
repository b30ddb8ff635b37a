using System.Text.Json.Serialization;

namespace Matrix.Realtime.Keys.CrossSigning;

/// <summary>What <c>uploadCrossSigningSignatures</c> answers.</summary>
/// <param name="Failures">By user and key, why its signature was not taken.</param>
internal sealed record SignaturesUploadResponse(
    [property: JsonPropertyName("failures")] IReadOnlyDictionary<string, Dictionary<string, KeyFailure>> Failures);
