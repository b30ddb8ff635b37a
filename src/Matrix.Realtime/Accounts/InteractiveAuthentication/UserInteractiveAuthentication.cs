using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>
/// Has the sender of a request authenticate in one or more stages, each an attempt that repeats the request with
/// <c>auth</c> (client-server API, "User-Interactive Authentication API").
/// </summary>
internal sealed class UserInteractiveAuthentication(UiaSessionStore sessions, IEnumerable<IAuthenticationStage> stages)
{
    private static readonly StageRefusal UnknownSession =
        new(MatrixErrorCodes.Unknown, "This session is unknown or has expired. Begin again.");

    private static readonly StageRefusal UnknownStage =
        new(MatrixErrorCodes.Unrecognized, "No flow has that stage.");

    private readonly Dictionary<string, IAuthenticationStage> _stages = stages.ToDictionary(stage => stage.Type);

    /// <summary>The request that may be carried out now.</summary>
    /// <exception cref="AuthenticationRequiredException">Not yet: there is more to do first.</exception>
    /// <exception cref="MatrixException">The request is not the one that the session was begun for.</exception>
    public async Task<AuthenticatedRequest<TRequest>> AuthenticateAsync<TRequest>(
        InteractiveOperation<TRequest> operation,
        TRequest request,
        CancellationToken cancellationToken)
        where TRequest : class, IInteractiveRequest<TRequest>
    {
        var body = operation.Serialize(request.WithoutAuth());
        var known = request.Auth?.Session is { } id
            ? await sessions.FindAsync(id, operation.Purpose, cancellationToken)
            : null;
        var session = Bind(known ?? UiaSession.Begin(operation.Purpose), body);
        var refusal = known is null && request.Auth?.Session is not null ? UnknownSession : null;
        if (refusal is null && request.Auth?.Type is { } type)
        {
            (session, refusal) = await AttemptAsync(operation, session, type, request.Auth, cancellationToken);
        }

        if (refusal is null && operation.Flows.Any(flow => !flow.Stages.Except(session.Completed).Any()))
        {
            return new(operation.Deserialize(session.Request), session);
        }

        if (!ReferenceEquals(session, known))
        {
            await sessions.SaveAsync(session, cancellationToken);
        }

        throw new AuthenticationRequiredException(Challenge(operation.Flows, session, refusal));
    }

    /// <summary>Ties the session to its request; a client need not repeat it, but may not change it.</summary>
    private static UiaSession Bind(UiaSession session, byte[] body)
    {
        if (UiaSession.IsEmpty(body) || body.AsSpan().SequenceEqual(session.Request))
        {
            return session;
        }

        return UiaSession.IsEmpty(session.Request)
            ? session with { Request = body }
            : throw MatrixException.Forbidden("The request has changed since its authentication began.");
    }

    private async Task<(UiaSession Session, StageRefusal? Refusal)> AttemptAsync<TRequest>(
        InteractiveOperation<TRequest> operation,
        UiaSession session,
        string type,
        AuthenticationData attempt,
        CancellationToken cancellationToken)
        where TRequest : class, IInteractiveRequest<TRequest>
    {
        if (!operation.Flows.Any(flow => flow.Stages.Contains(type)) || !_stages.TryGetValue(type, out var stage))
        {
            return (session, UnknownStage);
        }

        var refusal = await stage.CheckAsync(attempt, operation.UserId, cancellationToken);
        return refusal is null && !session.Completed.Contains(type)
            ? (session with { Completed = [.. session.Completed, type] }, null)
            : (session, refusal);
    }

    private static AuthenticationChallenge Challenge(
        IReadOnlyList<AuthenticationFlow> flows,
        UiaSession session,
        StageRefusal? refusal) => new()
        {
            Session = session.Id,
            Flows = flows,
            Completed = session.Completed,
            ErrorCode = refusal?.ErrorCode,
            Error = refusal?.Error,
        };
}
