namespace Matrix.Realtime.AccountData;

/// <summary>The types of account data that the server knows.</summary>
internal static class AccountDataTypes
{
    public const string IgnoredUserList = "m.ignored_user_list";
    public const string InvitePermissionConfig = "m.invite_permission_config";
    public const string PushRules = "m.push_rules";
    public const string FullyRead = "m.fully_read";

    /// <summary>
    /// Whether clients may not write the type directly (client-server API, "Server behaviour" of client config).
    /// </summary>
    public static bool IsServerManaged(string type) => type is FullyRead or PushRules;
}
