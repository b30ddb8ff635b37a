using Matrix.Realtime.Accounts;
using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.DeviceLists;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Keys.CrossSigning;

/// <summary>
/// Takes the cross-signing keys of users, once they have given their password where that is asked for.
/// </summary>
internal sealed class CrossSigningService(
    IDbContextFactory<MatrixDbContext> databases,
    DeviceSessions sessions,
    DeviceDirectory devices,
    UserInteractiveAuthentication authentication,
    DeviceListWriter deviceLists,
    KeySignatureWriter signatures)
{
    private static readonly AuthenticationFlow[] Flows = [new([PasswordStage.Name])];

    /// <exception cref="AuthenticationRequiredException">The user has to authenticate first.</exception>
    /// <exception cref="MatrixException">400: a key is malformed or not signed; 403: one is named as a device
    /// is.</exception>
    public async Task UploadAsync(
        Requester requester, CrossSigningUploadRequest request, CancellationToken cancellationToken)
    {
        var authenticated = request.Auth?.Session is null
            ? null
            : await AuthenticateAsync(requester, request, cancellationToken);
        while (!await TryUploadAsync(requester, authenticated, request, cancellationToken))
        {
            authenticated = await AuthenticateAsync(requester, request, cancellationToken);
        }
    }

    private Task<AuthenticatedRequest<CrossSigningUploadRequest>> AuthenticateAsync(
        Requester requester, CrossSigningUploadRequest request, CancellationToken cancellationToken) =>
        authentication.AuthenticateAsync(
            new InteractiveOperation<CrossSigningUploadRequest>(
                $"cross-signing keys of {requester.UserId}",
                Flows,
                KeysJsonContext.Default.CrossSigningUploadRequest,
                requester.UserId),
            request,
            cancellationToken);

    /// <summary>Publishes the keys; returns false when the user has to authenticate for that.</summary>
    private async Task<bool> TryUploadAsync(
        Requester requester,
        AuthenticatedRequest<CrossSigningUploadRequest>? authenticated,
        CrossSigningUploadRequest request,
        CancellationToken cancellationToken)
    {
        var userId = requester.UserId;
        var keys = CrossSigningKeys.Parse(authenticated?.Request ?? request, userId);
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            // Before anybody has to give their password.
            keys.RequireSigned(await CrossSigningKeys.ReadAsync(database, userId, cancellationToken));
        }

        var isUploaded = false;
        await sessions.ChangeAsync(
            userId,
            async batch =>
            {
                await devices.RequireAsync(batch, requester.Device);
                var stored = await batch.ReadAsync((database, token) =>
                    CrossSigningKeys.ReadAsync(database, userId, token));
                isUploaded = authenticated is not null || !keys.NeedAuthentication(stored);
                if (isUploaded)
                {
                    keys.RequireSigned(stored);
                    await ReplaceAsync(batch, userId, stored, [.. keys.Except(stored)]);
                    authenticated?.EndSession(batch);
                }
            },
            cancellationToken);
        return isUploaded;
    }

    private async ValueTask ReplaceAsync(
        ChangeBatch batch, UserId userId, CrossSigningKeys stored, IReadOnlyCollection<CrossSigningKey> added)
    {
        if (added.Count == 0)
        {
            return;
        }

        await RequireOwnNamesAsync(batch, userId, added);
        foreach (var key in added)
        {
            if (stored.Find(key.Usage) is { } replaced)
            {
                await signatures.RemoveOfKeyAsync(batch, userId, replaced);
            }

            batch.Upsert(key.ToRow(userId));
        }

        await deviceLists.AnnounceAsync(batch, userId);
    }

    private async ValueTask RequireOwnNamesAsync(
        ChangeBatch batch, UserId userId, IReadOnlyCollection<CrossSigningKey> keys)
    {
        var names = keys.Select(key => key.PublicKey).ToHashSet();
        if ((await devices.GetAsync(batch, userId)).Any(deviceId => names.Contains(deviceId.Value)))
        {
            throw MatrixException.Forbidden("A key is named as one of your devices is.");
        }
    }
}
