using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Rooms.Writing;

/// <summary>The key that signs this server's events; made on the first start and kept in the database.</summary>
internal sealed class SigningKeys(TimeProvider time) : IStartupParticipant, IDisposable
{
    private ServerSigningKey? _current;

    public ServerSigningKey Current =>
        _current ?? throw new InvalidOperationException("The stream has not been started.");

    public async ValueTask OnStartingAsync(ChangeBatch batch)
    {
        var row = await batch.ReadAsync((database, cancellationToken) => database.Set<SigningKeyRow>().AsNoTracking()
            .OrderByDescending(row => row.CreatedTs).FirstOrDefaultAsync(cancellationToken));
        if (row is not null)
        {
            _current = ServerSigningKey.Import(row.KeyId, row.Seed);
            return;
        }

        _current = ServerSigningKey.Generate(time);
        batch.Insert(new SigningKeyRow
        {
            KeyId = _current.KeyId,
            Seed = _current.ExportSeed(),
            CreatedTs = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });
    }

    public void Dispose() => _current?.Dispose();
}
