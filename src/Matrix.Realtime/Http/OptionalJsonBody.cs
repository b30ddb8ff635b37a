using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>
/// A <see cref="JsonBody{T}"/> that takes an empty body for <c>{}</c>, where older clients send none.
/// </summary>
/// <typeparam name="T">The wire type, without required properties.</typeparam>
internal sealed class OptionalJsonBody<T>(T value) : IJsonBody<T>, IBindableFromHttpContext<OptionalJsonBody<T>>
{
    public T Value { get; } = value;

    public static async ValueTask<OptionalJsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(await RequestBody.ReadAsync(context, Parse));

    private static T Parse(ReadOnlySpan<byte> utf8, MatrixJson json) =>
        RequestBody.Deserialize<T>(utf8.IsEmpty ? "{}"u8 : utf8, json);
}
