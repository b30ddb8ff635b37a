using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>Something that interactive authentication guards.</summary>
/// <param name="Purpose">Tells it from all else that is guarded: the endpoint, and user and target if any.</param>
/// <param name="Flows">What authenticates for it.</param>
/// <param name="UserId">The user whose password is asked for; null where there is none yet.</param>
/// <param name="TypeInfo">How the request is kept; what is null is left out.</param>
internal sealed record InteractiveOperation<TRequest>(
    string Purpose,
    IReadOnlyList<AuthenticationFlow> Flows,
    JsonTypeInfo<TRequest> TypeInfo,
    UserId? UserId = null)
    where TRequest : IInteractiveRequest<TRequest>
{
    public byte[] Serialize(TRequest request) => JsonSerializer.SerializeToUtf8Bytes(request, TypeInfo);

    public TRequest Deserialize(byte[] request) => JsonSerializer.Deserialize(request, TypeInfo)!;
}
