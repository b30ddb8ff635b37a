using System.Text.Json.Serialization;

namespace Matrix.Realtime.Discovery;

/// <summary>
/// The capabilities by name. What is left out clients take for permitted, so what is missing here is switched off.
/// </summary>
internal sealed record CapabilitySet
{
    private static readonly Capability Disabled = new(false);
    private static readonly Capability Enabled = new(true);

    [JsonPropertyName("m.room_versions")]
    public RoomVersionsCapability RoomVersions { get; } = RoomVersionsCapability.Current;

    [JsonPropertyName("m.change_password")]
    public Capability ChangePassword { get; } = Enabled;

    [JsonPropertyName("m.set_displayname")]
    public Capability SetDisplayname { get; } = Enabled;

    [JsonPropertyName("m.set_avatar_url")]
    public Capability SetAvatarUrl { get; } = Enabled;

    [JsonPropertyName("m.profile_fields")]
    public Capability ProfileFields { get; } = Enabled;

    [JsonPropertyName("m.3pid_changes")]
    public Capability ThreePidChanges { get; } = Disabled;

    [JsonPropertyName("m.get_login_token")]
    public Capability GetLoginToken { get; } = Disabled;

    [JsonPropertyName("m.forget_forced_upon_leave")]
    public Capability ForgetForcedUponLeave { get; } = Disabled;

    /// <summary>For administrators only.</summary>
    [JsonPropertyName("m.account_moderation")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AccountModerationCapability? AccountModeration { get; init; }
}
