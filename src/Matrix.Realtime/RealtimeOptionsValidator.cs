using Matrix.Realtime.Identifiers;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime;

/// <summary>Checks the options when the host starts and reports everything that is wrong at once.</summary>
internal sealed class RealtimeOptionsValidator : IValidateOptions<RealtimeOptions>
{
    // System.Text.Json reads and writes 64 levels. The eight kept back are what an event and a response wrap around it.
    private const int MaxJsonDepth = 56;

    private const int MaxServerNameLength = 230;

    private const int MaxRegistrationTokenLength = 64;

    // A timer counts no further than some weeks.
    private static readonly TimeSpan LongestTyping = TimeSpan.FromDays(1);

    // What is known of users who poll is kept for as long after their last poll.
    private static readonly TimeSpan LongestOfflineAfter = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestWakeWithin = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestHeartbeat = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, RealtimeOptions options)
    {
        string[] failures =
        [
            .. Check(IsServerName(options.ServerName), "ServerName must be a host name, optionally with a port."),
            .. Check(IsBaseUrl(options.PublicBaseUrl), "PublicBaseUrl must be an absolute http or https address."),
            .. Check(options.MaxRequestBytes >= 65536, "MaxRequestBytes must be at least 65536."),
            .. Check(options.MaxJsonDepth is >= 8 and <= MaxJsonDepth, $"MaxJsonDepth must be 8 to {MaxJsonDepth}."),
            .. Check(
                options.AccessTokenLifetime is null || options.AccessTokenLifetime >= TimeSpan.FromSeconds(1),
                "AccessTokenLifetime must be at least a second, or unset."),
            .. Check(
                options.Admins.All(admin => IsLocalUser(admin, options.ServerName)),
                "Admins must be ids of users of this server."),
            .. CheckRateLimit("Login", options.Login.RateLimit),
            .. Check(
                options.Registration.Tokens.All(IsRegistrationToken),
                $"Registration:Tokens must each be 1 to {MaxRegistrationTokenLength} of A-Z, a-z, 0-9 and ._~-."),
            .. Check(
                options.InteractiveAuthentication.SessionLifetime > TimeSpan.Zero,
                "InteractiveAuthentication:SessionLifetime must be positive."),
            .. Check(options.AccountData.MaxContentBytes > 0, "AccountData:MaxContentBytes must be positive."),
            .. Check(
                options.AccountData.MaxLargeContentBytes >= options.AccountData.MaxContentBytes,
                "AccountData:MaxLargeContentBytes must not be less than AccountData:MaxContentBytes."),
            .. Check(options.Typing.DefaultTimeout > TimeSpan.Zero, "Typing:DefaultTimeout must be positive."),
            .. Check(
                options.Typing.MaxTimeout >= options.Typing.DefaultTimeout,
                "Typing:MaxTimeout must not be shorter than Typing:DefaultTimeout."),
            .. Check(options.Typing.MaxTimeout <= LongestTyping, "Typing:MaxTimeout must not be longer than a day."),
            .. CheckRateLimit("Typing", options.Typing.RateLimit),
            .. Check(options.Receipts.MaxInitialReceipts >= 0, "Receipts:MaxInitialReceipts must not be negative."),
            .. CheckRateLimit("Receipts", options.Receipts.RateLimit),
            .. CheckRateLimit("Reports", options.Reports.RateLimit),
            .. Check(options.Presence.IdleAfter > TimeSpan.Zero, "Presence:IdleAfter must be positive."),
            .. Check(
                options.Presence.OfflineAfter > TimeSpan.Zero && options.Presence.OfflineAfter <= LongestOfflineAfter,
                "Presence:OfflineAfter must be positive, and not longer than five minutes."),
            .. Check(options.Presence.ActiveFor > TimeSpan.Zero, "Presence:ActiveFor must be positive."),
            .. Check(
                options.Presence.WakeWithin >= TimeSpan.Zero && options.Presence.WakeWithin <= LongestWakeWithin,
                "Presence:WakeWithin must be 0 to one minute."),
            .. Check(
                options.Presence.MaxRoomMembers is null or > 0,
                "Presence:MaxRoomMembers must be positive, or unset for no limit."),
            .. Check(
                options.Presence.ExcludedRooms.All(room => RoomId.TryParse(room, out _)),
                "Presence:ExcludedRooms must be room ids."),
            .. Check(options.Sync.DefaultTimelineLimit > 0, "Sync:DefaultTimelineLimit must be positive."),
            .. Check(
                options.Sync.MaxTimelineLimit >= options.Sync.DefaultTimelineLimit,
                "Sync:MaxTimelineLimit must not be less than Sync:DefaultTimelineLimit."),
            .. Check(options.Sync.MaxLazyDevices >= 0, "Sync:MaxLazyDevices must not be negative."),
            .. Check(options.Sync.MaxRepeatableBytes >= 0, "Sync:MaxRepeatableBytes must not be negative."),
            .. Check(options.Sync.MaxTimeout >= TimeSpan.Zero, "Sync:MaxTimeout must not be negative."),
            .. Check(
                options.Sync.StreamHeartbeat > TimeSpan.Zero && options.Sync.StreamHeartbeat <= LongestHeartbeat,
                "Sync:StreamHeartbeat must be positive, and not longer than ten minutes."),
            .. Check(options.Sync.MaxStreamsPerUser >= 0, "Sync:MaxStreamsPerUser must not be negative."),
        ];

        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static string[] Check(bool holds, string failure) =>
        holds ? [] : [$"{RealtimeOptions.SectionName}:{failure}"];

    private static string[] CheckRateLimit(string feature, RateLimitOptions options) =>
    [
        .. Check(
            options.PermitLimit is null or > 0,
            $"{feature}:RateLimit:PermitLimit must be positive, or unset for no limit."),
        .. Check(options.Window > TimeSpan.Zero, $"{feature}:RateLimit:Window must be positive."),
    ];

    private static bool IsServerName(string? name) =>
        name is { Length: > 0 and <= MaxServerNameLength }
        && name.All(character => char.IsAsciiLetterOrDigit(character) || ".-:[]".Contains(character));

    private static bool IsLocalUser(string? user, string serverName) =>
        UserId.TryParse(user, out var userId) && userId.ServerName.SequenceEqual(serverName);

    private static bool IsRegistrationToken(string? token) =>
        token is { Length: > 0 and <= MaxRegistrationTokenLength }
        && token.All(character => char.IsAsciiLetterOrDigit(character) || "._~-".Contains(character));

    private static bool IsBaseUrl(Uri? url) =>
        url is null || (url.IsAbsoluteUri && url.Scheme is ("http" or "https") && url.Query.Length == 0);
}
