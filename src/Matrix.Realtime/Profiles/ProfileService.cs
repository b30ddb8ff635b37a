using System.Text.Json;
using Matrix.Realtime.Accounts;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Membership;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Profiles;

/// <summary>What users tell everybody of themselves.</summary>
internal sealed class ProfileService(
    ChangeWriter writer,
    LiveState live,
    ProfileTable profiles,
    AccountDirectory accounts,
    MemberProfileUpdates members,
    IEnumerable<IProfileParticipant> participants)
{
    private const int MaxBytes = 65536;
    private const int MaxDisplayNameLength = 256;
    private const int MaxAvatarUrlLength = 1000;

    private readonly IProfileParticipant[] _participants = [.. participants];

    /// <summary>The profile of a user.</summary>
    /// <exception cref="MatrixException">404: there is no such user here.</exception>
    public async Task<ProfileState> GetAsync(UserId userId, CancellationToken cancellationToken)
    {
        var profile = await live.GetAsync(live.Current, profiles, userId, cancellationToken);
        return !profile.Fields.IsEmpty || await accounts.ExistsAsync(userId, cancellationToken)
            ? profile
            : throw MatrixException.NotFound("There is no such user on this server.");
    }

    /// <summary>Sets a field of the caller's own profile; JSON null removes it.</summary>
    /// <exception cref="MatrixException">403 for another user's; 400 for what a profile cannot hold.</exception>
    public async Task SetAsync(
        Requester requester, UserId userId, string key, JsonElement value, CancellationToken cancellationToken)
    {
        if (requester.UserId != userId)
        {
            throw MatrixException.Forbidden("You cannot change the profile of another user.");
        }

        ProfileKeys.Require(key);
        RequireValue(key, value);
        var encoded = JsonSerializer.SerializeToUtf8Bytes(value, HttpJsonContext.Default.JsonElement);
        await live.GetAsync(live.Current, profiles, userId, cancellationToken);
        var changed = await writer.SubmitAsync(batch => WriteAsync(batch, userId, key, encoded), cancellationToken);
        if (changed && ProfileKeys.IsInMemberEvents(key))
        {
            await members.UpdateAsync(userId);
        }
    }

    private async ValueTask<bool> WriteAsync(ChangeBatch batch, UserId userId, string key, byte[] value)
    {
        var before = await batch.GetAsync(profiles, userId);
        var unchanged = before.Fields.TryGetValue(key, out var known)
            ? known.AsSpan().SequenceEqual(value)
            : ProfileState.IsNull(value);
        if (unchanged)
        {
            return false;
        }

        var position = batch.Append(new ProfileChange(userId, key, value));
        var after = await batch.GetAsync(profiles, userId);
        if (after.Encode().Length > MaxBytes)
        {
            throw MatrixException.BadRequest(MatrixErrorCodes.ProfileTooLarge, "A profile holds at most 64 KiB.");
        }

        batch.Upsert(new ProfileRow { UserId = userId, Key = key, Value = value, Position = position });
        foreach (var participant in _participants)
        {
            await participant.OnProfileChangedAsync(batch, userId, before, after);
        }

        return true;
    }

    private static void RequireValue(string key, JsonElement value)
    {
        if (!ProfileKeys.IsInMemberEvents(key) || value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        var longest = key == ProfileKeys.DisplayName ? MaxDisplayNameLength : MaxAvatarUrlLength;
        if (value.ValueKind != JsonValueKind.String)
        {
            throw MatrixException.BadJson($"'{key}' must be a string.");
        }

        if (value.GetString()!.Length > longest)
        {
            throw MatrixException.InvalidParam($"'{key}' must not be longer than {longest} characters.");
        }
    }
}
