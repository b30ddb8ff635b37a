namespace Matrix.Realtime.Http;

/// <summary>A bound body that the validation filter can look into.</summary>
/// <typeparam name="T">The wire type.</typeparam>
internal interface IJsonBody<out T>
{
    /// <summary>What the body held.</summary>
    T Value { get; }
}
