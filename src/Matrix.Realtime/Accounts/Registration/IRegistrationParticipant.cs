using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Accounts.Registration;

/// <summary>A feature that has something to add to the batch of every registration.</summary>
internal interface IRegistrationParticipant
{
    /// <summary>Called on the writer's loop after the account was added to the batch.</summary>
    void OnRegistered(ChangeBatch batch, UserId userId);
}
