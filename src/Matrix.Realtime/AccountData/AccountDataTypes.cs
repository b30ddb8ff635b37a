using System.Text.Json;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.AccountData;

/// <summary>The types of account data that the server knows.</summary>
internal static class AccountDataTypes
{
    public const string IgnoredUserList = "m.ignored_user_list";
    public const string InvitePermissionConfig = "m.invite_permission_config";
    public const string PushRules = "m.push_rules";
    public const string FullyRead = "m.fully_read";
    public const string Direct = "m.direct";
    public const string Tag = "m.tag";

    private const string SecretStorage = "m.secret_storage.";

    /// <summary>
    /// Whether clients may not write the type directly (client-server API, "Server behaviour" of client config).
    /// </summary>
    public static bool IsServerManaged(string type) => type is FullyRead or PushRules;

    /// <summary>
    /// Whether the content grows with what the user has, so that the ordinary limit of its size could be too small:
    /// lists of users, and what secret storage keeps, under whatever type.
    /// </summary>
    public static bool MayBeLarge(string type, JsonElement content) =>
        type is Direct or IgnoredUserList or PushRules
        || type.StartsWith(SecretStorage, StringComparison.Ordinal)
        || content.TryGet("encrypted", JsonValueKind.Object, out _);
}
