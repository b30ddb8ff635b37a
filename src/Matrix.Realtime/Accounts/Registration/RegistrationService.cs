using System.Security.Cryptography;
using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Accounts.Registration;

/// <summary>Creates accounts.</summary>
internal sealed class RegistrationService(
    UserInteractiveAuthentication authentication,
    ChangeWriter writer,
    AccountStore accounts,
    DeviceSessions sessions,
    Passwords passwords,
    LocalUsers users,
    RegistrationTokens tokens,
    IEnumerable<IRegistrationParticipant> participants,
    TimeProvider time,
    IOptions<RealtimeOptions> options,
    ILogger<RegistrationService> logger)
{
    private const int SecretLength = 64;

    private readonly InteractiveOperation<RegisterRequest> _operation = new(
        "register",
        [new AuthenticationFlow([tokens.AreRequired ? RegistrationTokenStage.Name : DummyStage.Name])],
        AccountsJsonContext.Default.RegisterRequest);

    private readonly IRegistrationParticipant[] _participants = [.. participants];
    private readonly bool _isOpen = options.Value.Registration.Enabled ?? false;

    /// <summary>Creates an account, and logs its owner in unless the client does not want that.</summary>
    public async Task<RegisterResponse> RegisterAsync(RegisterRequest request, CancellationToken cancellationToken)
    {
        RequireOpen();

        // Before authenticating, so that nobody solves a stage for a name that is taken.
        if (request.Username is not null)
        {
            await RequireAvailableAsync(request.Username, cancellationToken);
        }

        var authenticated = await authentication.AuthenticateAsync(_operation, request, cancellationToken);
        var account = CreateAccount(authenticated.Request);
        var session = await writer.SubmitAsync(
            async batch =>
            {
                await InsertAsync(batch, account);
                authenticated.EndSession(batch);
                return await OpenSessionAsync(batch, account.UserId, authenticated.Request);
            },
            cancellationToken);
        logger.Registered(account.UserId);
        return new(account.UserId, session);
    }

    /// <summary>
    /// The user of a name, who is created if there is none: by the host, whoever else may register, and with a password
    /// that nobody knows.
    /// </summary>
    /// <exception cref="MatrixException">M_INVALID_USERNAME.</exception>
    public async Task<UserId> GetOrCreateAsync(string username, CancellationToken cancellationToken)
    {
        var userId = users.FromUsername(username);
        if (await accounts.FindAsync(userId, cancellationToken) is not null)
        {
            return userId;
        }

        var account = CreateAccount(userId, RandomNumberGenerator.GetHexString(SecretLength));
        try
        {
            await writer.SubmitAsync(batch => new ValueTask(InsertAsync(batch, account)), cancellationToken);
            logger.Registered(userId);
        }
        catch (MatrixException refusal) when (refusal.ErrorCode == MatrixErrorCodes.UserInUse)
        {
            // Somebody else was faster.
        }

        return userId;
    }

    /// <exception cref="MatrixException">M_INVALID_USERNAME, M_USER_IN_USE, or nobody may register.</exception>
    public async Task RequireAvailableAsync(string username, CancellationToken cancellationToken)
    {
        RequireOpen();
        if (await accounts.FindAsync(users.FromUsername(username), cancellationToken) is not null)
        {
            throw InUse();
        }
    }

    /// <summary>Whether the token would be taken now.</summary>
    /// <exception cref="MatrixException">Nobody may register.</exception>
    public bool IsTokenValid(string token)
    {
        RequireOpen();
        return tokens.Contains(token);
    }

    private AccountRow CreateAccount(RegisterRequest request) => CreateAccount(
        request.Username is null ? users.Generate() : users.FromUsername(request.Username),
        request.Password ?? throw MatrixException.MissingParam("'password' is missing."));

    private AccountRow CreateAccount(UserId userId, string password) => new()
    {
        UserId = userId,
        PasswordHash = passwords.Hash(password),
        CreatedTs = time.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    private async Task InsertAsync(ChangeBatch batch, AccountRow account)
    {
        var isTaken = await batch.ReadAsync((database, cancellationToken) =>
            AccountStore.FindAsync(database, account.UserId, cancellationToken)) is not null;
        if (isTaken || !batch.TryClaim($"account {account.UserId}"))
        {
            throw InUse();
        }

        batch.Insert(account);
        foreach (var participant in _participants)
        {
            participant.OnRegistered(batch, account.UserId);
        }
    }

    private async ValueTask<DeviceSession?> OpenSessionAsync(
        ChangeBatch batch,
        UserId userId,
        RegisterRequest request) =>
        request.InhibitLogin == true
            ? null
            : await sessions.OpenAsync(
                batch,
                userId,
                request.DeviceId,
                request.InitialDeviceDisplayName,
                request.WantsRefreshToken == true);

    private void RequireOpen()
    {
        if (!_isOpen)
        {
            throw MatrixException.Forbidden("Registration is closed on this server.");
        }
    }

    private static MatrixException InUse() =>
        MatrixException.BadRequest(MatrixErrorCodes.UserInUse, "This username is taken.");
}
