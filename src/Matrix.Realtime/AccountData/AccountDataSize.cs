using System.Text.Json;
using Matrix.Realtime.Errors;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.AccountData;

/// <summary>How large the content of one type may be.</summary>
internal sealed class AccountDataSize(IOptions<RealtimeOptions> options)
{
    /// <exception cref="MatrixException">413: it is too large.</exception>
    public void Require(string type, byte[] content)
    {
        var limits = options.Value.AccountData;
        if (content.Length <= limits.MaxContentBytes)
        {
            return;
        }

        var limit = AccountDataTypes.MayBeLarge(type, JsonElement.Parse(content))
            ? limits.MaxLargeContentBytes
            : limits.MaxContentBytes;
        if (content.Length > limit)
        {
            throw MatrixException.TooLarge($"The content of '{type}' is larger than {limit} bytes.");
        }
    }
}
