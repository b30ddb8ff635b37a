using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Accounts.Devices;

/// <summary>Lets users see, name and remove the devices that they are logged in on.</summary>
internal sealed class DeviceService(
    IDbContextFactory<MatrixDbContext> databases,
    DeviceSessions sessions,
    DeviceSightings sightings,
    UserInteractiveAuthentication authentication)
{
    private static readonly AuthenticationFlow[] Flows = [new([PasswordStage.Name])];

    public async Task<DevicesResponse> GetAllAsync(UserId userId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var devices = await database.Set<DeviceRow>().Where(row => row.UserId == userId)
            .OrderBy(row => row.DeviceId).ToListAsync(cancellationToken);
        var seen = await database.Set<DeviceSightingRow>().AsNoTracking().Where(row => row.UserId == userId)
            .ToDictionaryAsync(row => row.DeviceId, cancellationToken);
        return new DevicesResponse([.. devices.Select(row => ToResponse(row, seen.GetValueOrDefault(row.DeviceId)))]);
    }

    /// <exception cref="MatrixException">404: the user has no such device.</exception>
    public async Task<DeviceResponse> GetAsync(UserId userId, DeviceId deviceId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var row = await FindAsync(database, userId, deviceId, cancellationToken);
        var seen = await database.Set<DeviceSightingRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.UserId == userId && row.DeviceId == deviceId, cancellationToken);
        return ToResponse(row, seen);
    }

    /// <exception cref="MatrixException">404: the user has no such device.</exception>
    public Task RenameAsync(
        UserId userId, DeviceId deviceId, string? displayName, CancellationToken cancellationToken) =>
        sessions.ChangeAsync(
            userId,
            async batch =>
            {
                var row = await batch.ReadAsync((database, token) => FindAsync(database, userId, deviceId, token));
                if (displayName is not null)
                {
                    await sessions.RenameAsync(batch, row, displayName);
                }
            },
            cancellationToken);

    /// <summary>
    /// Logs the user out on the devices, once they have given their password. Unknown devices are passed over.
    /// </summary>
    public async Task DeleteAsync(
        Requester requester, string purpose, DeleteDevicesRequest request, CancellationToken cancellationToken)
    {
        var operation = new InteractiveOperation<DeleteDevicesRequest>(
            $"{purpose} {requester.UserId}", Flows, AccountsJsonContext.Default.DeleteDevicesRequest, requester.UserId);
        var authenticated = await authentication.AuthenticateAsync(operation, request, cancellationToken);
        var devices = authenticated.Request.Devices ?? throw MatrixException.BadJson("'devices' is missing.");
        await sessions.ChangeAsync(
            requester.UserId,
            async batch =>
            {
                await sessions.CloseAsync(batch, requester.UserId, device => devices.Contains(device));
                authenticated.EndSession(batch);
            },
            cancellationToken);
    }

    private DeviceResponse ToResponse(DeviceRow row, DeviceSightingRow? seen)
    {
        var latest = sightings.Find(new(row.UserId, row.DeviceId));
        return new DeviceResponse(row.DeviceId, row.DisplayName)
        {
            LastSeenTs = latest?.Ts ?? seen?.SeenTs,
            LastSeenIp = latest is { } now ? now.Address : seen?.Address,
        };
    }

    private static async Task<DeviceRow> FindAsync(
        MatrixDbContext database, UserId userId, DeviceId deviceId, CancellationToken cancellationToken) =>
        await database.Set<DeviceRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.UserId == userId && row.DeviceId == deviceId, cancellationToken)
        ?? throw MatrixException.NotFound("You have no such device.");
}
