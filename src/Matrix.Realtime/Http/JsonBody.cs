using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>A handler parameter bound from a JSON object in the body.</summary>
/// <typeparam name="T">The wire type; what the specification requires is <c>required</c> in it.</typeparam>
internal sealed class JsonBody<T>(T value) : IJsonBody<T>, IBindableFromHttpContext<JsonBody<T>>
{
    public T Value { get; } = value;

    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(await RequestBody.ReadAsync(context, RequestBody.Deserialize<T>));
}
