using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matrix.Realtime.Http;

/// <summary>The answer <c>{}</c>.</summary>
internal sealed class EmptyResponse
{
    /// <summary>200 with <c>{}</c>, for every endpoint that has nothing to tell but success.</summary>
    public static readonly Ok<EmptyResponse> Ok = TypedResults.Ok(new EmptyResponse());

    private EmptyResponse()
    {
    }
}
