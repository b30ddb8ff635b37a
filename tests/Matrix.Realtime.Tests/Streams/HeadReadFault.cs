using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Matrix.Realtime.Tests.Streams;

/// <summary>Makes reads of the head row fail for a while.</summary>
internal sealed class HeadReadFault : DbCommandInterceptor
{
    private int _remaining;

    public void Next(int count) => _remaining = count;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        if (_remaining > 0 && command.CommandText.Contains("stream_head", StringComparison.Ordinal))
        {
            _remaining--;
            throw new IOException("The connection is gone.");
        }

        return ValueTask.FromResult(result);
    }
}
