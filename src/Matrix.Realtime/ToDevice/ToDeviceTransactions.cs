using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.ToDevice;

/// <summary>Remembers the requests of devices for a day, so that each is carried out once.</summary>
internal sealed class ToDeviceTransactions(LiveState live, SentTransactionsTable transactions, TimeProvider time)
{
    /// <summary>Forgetting more than one for each that comes keeps what is remembered from growing.</summary>
    private const int ForgottenPerRequest = 2;

    /// <summary>Loads what is not live before the writer's loop would have to wait for it.</summary>
    public async ValueTask PrepareAsync(DeviceKey sender, CancellationToken cancellationToken) =>
        await live.GetAsync(live.Current, transactions, sender, cancellationToken);

    /// <summary>Remembers a request; false when it repeats one that is remembered.</summary>
    public async ValueTask<bool> TryBeginAsync(ChangeBatch batch, DeviceKey sender, ToDeviceTransaction transaction)
    {
        var now = time.GetUtcNow();
        var sent = await batch.GetAsync(transactions, sender);
        if (sent.Contains(transaction, now))
        {
            return false;
        }

        Forget(batch, sender, sent.Expired(now, ForgottenPerRequest));
        var change = new ToDeviceTransactionChange(sender, transaction, now.ToUnixTimeMilliseconds());
        batch.Append(change);
        batch.Insert(change.ToRow());
        return true;
    }

    /// <summary>Forgets all requests of a device.</summary>
    public async ValueTask ForgetAsync(ChangeBatch batch, DeviceKey sender) =>
        Forget(batch, sender, (await batch.GetAsync(transactions, sender)).Sent);

    private static void Forget(ChangeBatch batch, DeviceKey sender, IReadOnlyList<ToDeviceTransactionChange> forgotten)
    {
        foreach (var transaction in forgotten)
        {
            batch.Delete(transaction.ToRow());
        }

        if (forgotten.Count > 0)
        {
            batch.Append(new TransactionsForgotten(sender, forgotten[^1].Position));
        }
    }
}
