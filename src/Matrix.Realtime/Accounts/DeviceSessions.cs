using System.Security.Cryptography;
using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Accounts.Tokens;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Accounts;

/// <summary>Logs users in on their devices and out again.</summary>
/// <remarks>
/// What a device has is read from committed rows, so two changes to the devices of one user must not meet in one batch:
/// all are submitted alone, under <see cref="KeyOf"/>.
/// </remarks>
internal sealed class DeviceSessions(
    ChangeWriter writer,
    AccessTokens tokens,
    IEnumerable<IDeviceParticipant> participants,
    TimeProvider time,
    ILogger<DeviceSessions> logger)
{
    /// <summary>
    /// The device that stands for the host of the server, by which its transaction ids are told apart. Nobody can log
    /// in on it.
    /// </summary>
    public static readonly DeviceId Host = DeviceId.Parse("io.matrixrealtime.host");

    private const string DeviceIdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int DeviceIdLength = 10;

    private readonly IDeviceParticipant[] _participants = [.. participants];

    /// <summary>What stands for the devices of a user where changes are submitted alone.</summary>
    public static object KeyOf(UserId userId) => $"devices of {userId}";

    /// <summary>
    /// Logs a user in. A device that is known keeps its name and loses the tokens it had; without a device id the
    /// server makes one up.
    /// </summary>
    /// <exception cref="MatrixException">M_INVALID_PARAM: the device is the host's.</exception>
    public async ValueTask<DeviceSession> OpenAsync(
        ChangeBatch batch,
        UserId userId,
        DeviceId? wantedDeviceId,
        string? initialDisplayName,
        bool isRefreshable)
    {
        if (wantedDeviceId == Host)
        {
            throw MatrixException.InvalidParam("Nobody can log in on this device.");
        }

        var deviceId = wantedDeviceId
            ?? DeviceId.Parse(RandomNumberGenerator.GetString(DeviceIdLetters, DeviceIdLength));
        var isKnown = wantedDeviceId is not null && await IsKnownAsync(batch, userId, deviceId);
        if (isKnown)
        {
            await tokens.RevokeAsync(batch, userId, deviceId);
        }
        else
        {
            batch.Insert(new DeviceRow
            {
                UserId = userId,
                DeviceId = deviceId,
                DisplayName = initialDisplayName,
                CreatedTs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            });
            batch.Append(new DeviceChange(userId, deviceId, isRemoval: false));
        }

        return new(userId, deviceId, tokens.Issue(batch, new Requester(userId, deviceId), isRefreshable));
    }

    /// <summary>Logs a user out on one device, which is forgotten.</summary>
    public async Task CloseAsync(Requester requester, CancellationToken cancellationToken)
    {
        await CloseAsync(requester.UserId, requester.DeviceId, cancellationToken);
        logger.LoggedOut(requester.UserId, requester.DeviceId);
    }

    /// <summary>Logs a user out everywhere.</summary>
    public async Task CloseAllAsync(UserId userId, CancellationToken cancellationToken)
    {
        await CloseAsync(userId, null, cancellationToken);
        logger.LoggedOutEverywhere(userId);
    }

    /// <summary>Carries a change of a user's devices out, in a batch that holds no other.</summary>
    public Task<TResult> ChangeAsync<TResult>(
        UserId userId, Func<ChangeBatch, ValueTask<TResult>> change, CancellationToken cancellationToken) =>
        writer.SubmitAloneAsync(KeyOf(userId), change, cancellationToken);

    /// <inheritdoc cref="ChangeAsync{TResult}"/>
    public Task ChangeAsync(
        UserId userId, Func<ChangeBatch, ValueTask> change, CancellationToken cancellationToken) =>
        ChangeAsync(
            userId,
            async batch =>
            {
                await change(batch);
                return true;
            },
            cancellationToken);

    /// <summary>Logs the user out on the devices that are chosen.</summary>
    public async ValueTask CloseAsync(ChangeBatch batch, UserId userId, Func<DeviceId, bool> isChosen)
    {
        var devices = await batch.ReadAsync((database, cancellationToken) => database.Set<DeviceRow>().AsNoTracking()
            .Where(row => row.UserId == userId).ToListAsync(cancellationToken));
        foreach (var device in devices.Where(device => isChosen(device.DeviceId)))
        {
            await tokens.RevokeAsync(batch, userId, device.DeviceId);
            await RemoveAsync(batch, device);
        }
    }

    /// <summary>Gives a device another name.</summary>
    public async ValueTask RenameAsync(ChangeBatch batch, DeviceRow device, string displayName)
    {
        if (device.DisplayName == displayName)
        {
            return;
        }

        device.DisplayName = displayName;
        batch.Upsert(device);
        foreach (var participant in _participants)
        {
            await participant.OnRenamedAsync(batch, device.UserId, device.DeviceId);
        }
    }

    private Task CloseAsync(UserId userId, DeviceId? deviceId, CancellationToken cancellationToken) =>
        ChangeAsync(
            userId,
            async batch =>
            {
                await tokens.RevokeAsync(batch, userId, deviceId);
                var devices = await batch.ReadAsync((database, token) => database.Set<DeviceRow>().AsNoTracking()
                    .Where(row => row.UserId == userId && (deviceId == null || row.DeviceId == deviceId))
                    .ToListAsync(token));
                foreach (var device in devices)
                {
                    await RemoveAsync(batch, device);
                }
            },
            cancellationToken);

    private async ValueTask RemoveAsync(ChangeBatch batch, DeviceRow device)
    {
        batch.Delete(device);
        batch.Append(new DeviceChange(device.UserId, device.DeviceId, isRemoval: true));
        foreach (var participant in _participants)
        {
            await participant.OnRemovedAsync(batch, device.UserId, device.DeviceId);
        }
    }

    private static Task<bool> IsKnownAsync(ChangeBatch batch, UserId userId, DeviceId deviceId) =>
        batch.ReadAsync((database, cancellationToken) => database.Set<DeviceRow>()
            .AnyAsync(row => row.UserId == userId && row.DeviceId == deviceId, cancellationToken));
}
