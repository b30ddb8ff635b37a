using System.Text.Json;
using System.Text.Unicode;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Http;

/// <summary>
/// Reads through a body before anything is made of it, so that what passes can be read later without surprises: it is
/// one JSON object in valid UTF-8, not too deep, and each of its strings is valid Unicode.
/// </summary>
internal static class JsonScanner
{
    public static void RequireObject(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw MatrixException.NotJson("The body is not valid UTF-8.");
        }

        // The depth is checked below: the reader's own limit cannot be told from a syntax error.
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            Scan(ref reader, maxDepth);
        }
        catch (JsonException)
        {
            throw MatrixException.NotJson("The body is not JSON.");
        }
        catch (InvalidOperationException)
        {
            throw MatrixException.BadJson("A string of the body holds half of a surrogate pair.");
        }

        if (reader.TokenType != JsonTokenType.EndObject)
        {
            throw MatrixException.BadJson("The body is not a JSON object.");
        }
    }

    private static void Scan(ref Utf8JsonReader reader, int maxDepth)
    {
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray when reader.CurrentDepth >= maxDepth:
                    throw MatrixException.BadJson($"The body is nested deeper than {maxDepth} levels.");
                case JsonTokenType.String or JsonTokenType.PropertyName when reader.ValueIsEscaped:
                    reader.GetString();
                    break;
            }
        }
    }
}
