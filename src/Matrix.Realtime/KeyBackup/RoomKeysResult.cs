using System.Buffers;
using Matrix.Realtime.Json;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.KeyBackup;

/// <summary>200 with the keys of many rooms, sent as they are read.</summary>
/// <param name="rooms">The keys of each room.</param>
internal sealed class RoomKeysResult(IAsyncEnumerable<IReadOnlyList<RoomKeyRow>> rooms) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        var output = httpContext.Response.BodyWriter;
        output.Write("{\"rooms\":{"u8);
        var isFirst = true;
        await foreach (var keys in rooms)
        {
            if (!isFirst)
            {
                output.Write(","u8);
            }

            isFirst = false;
            JsonText.WriteString(output, keys[0].RoomId.Value);
            output.Write(":"u8);
            RoomKeyJson.WriteRoom(output, keys);
            await output.FlushAsync(httpContext.RequestAborted);
        }

        output.Write("}}"u8);
        await output.FlushAsync(httpContext.RequestAborted);
    }
}
