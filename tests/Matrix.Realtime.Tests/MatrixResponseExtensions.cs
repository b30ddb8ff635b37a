using System.Net;
using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests;

/// <summary>Assertions on an answer that is still to come.</summary>
internal static class MatrixResponseExtensions
{
    public static async Task<JsonObject> ExpectAsync(
        this Task<MatrixResponse> response,
        HttpStatusCode status = HttpStatusCode.OK) =>
        (await response).Expect(status);

    public static async Task<JsonObject> ExpectErrorAsync(
        this Task<MatrixResponse> response,
        HttpStatusCode status,
        string errorCode) =>
        (await response).ExpectError(status, errorCode);
}
