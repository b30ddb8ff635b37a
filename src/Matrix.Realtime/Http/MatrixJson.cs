using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Http;

/// <summary>How bodies are read: with the host's JSON metadata but the protocol's strictness.</summary>
internal sealed class MatrixJson
{
    public MatrixJson(IOptions<JsonOptions> host, IOptions<RealtimeOptions> options)
    {
        MaxDepth = options.Value.MaxJsonDepth;
        MaxBytes = options.Value.MaxRequestBytes;
        SerializerOptions = new JsonSerializerOptions(host.Value.SerializerOptions)
        {
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };
        SerializerOptions.MakeReadOnly();
    }

    /// <summary>How deep a body may nest.</summary>
    public int MaxDepth { get; }

    /// <summary>How large a body may be.</summary>
    public int MaxBytes { get; }

    /// <summary>Case-sensitive names, strict numbers, no null where none is declared.</summary>
    public JsonSerializerOptions SerializerOptions { get; }
}
