using System.Globalization;
using System.Reflection;
using Matrix.Realtime.Errors;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>
/// A handler parameter that reads the query in the protocol's terms. A parameter given twice counts once, first. None
/// holds U+0000, as no text column does.
/// </summary>
internal sealed class QueryReader(IQueryCollection query) : IBindableFromHttpContext<QueryReader>
{
    public static ValueTask<QueryReader?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<QueryReader?>(new QueryReader(context.Request.Query));

    /// <summary>The parameter's text, or null when it is absent.</summary>
    public string? Text(string name)
    {
        var text = query.TryGetValue(name, out var values) ? values[0] : null;
        return text?.Contains('\0') == true
            ? throw MatrixException.InvalidParam($"The query parameter '{name}' holds the character U+0000.")
            : text;
    }

    /// <summary>The parameter's text, which must be there.</summary>
    public string RequiredText(string name) =>
        Text(name) ?? throw MatrixException.MissingParam($"The query parameter '{name}' is missing.");

    /// <summary>A decimal integer, or null when the parameter is absent.</summary>
    public long? Integer(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw MatrixException.InvalidParam($"The query parameter '{name}' is not an integer.");
    }

    /// <summary>A decimal integer, which must be there.</summary>
    public long RequiredInteger(string name) =>
        Integer(name) ?? throw MatrixException.MissingParam($"The query parameter '{name}' is missing.");

    /// <summary><c>true</c> or <c>false</c>, or null when the parameter is absent.</summary>
    public bool? Boolean(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw MatrixException.InvalidParam($"The query parameter '{name}' is neither true nor false."),
    };
}
