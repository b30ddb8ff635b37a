using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>A request whose sender has authenticated.</summary>
/// <param name="Request">What to carry out; the session's request when the client did not repeat it.</param>
/// <param name="Session">The session, good for this one request.</param>
internal sealed record AuthenticatedRequest<TRequest>(TRequest Request, UiaSession Session)
{
    /// <summary>Ends the session, in the batch that carries the request out.</summary>
    public void EndSession(ChangeBatch batch)
    {
        if (Session.CreatedTs is { } createdTs)
        {
            batch.Delete(Session.ToRow(createdTs));
        }
    }
}
