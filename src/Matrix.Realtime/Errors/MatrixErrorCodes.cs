namespace Matrix.Realtime.Errors;

/// <summary>The specification's error codes, named as there (client-server API, "Standard error response").</summary>
internal static class MatrixErrorCodes
{
    public const string BadAlias = "M_BAD_ALIAS";
    public const string BadJson = "M_BAD_JSON";
    public const string DuplicateAnnotation = "M_DUPLICATE_ANNOTATION";
    public const string Forbidden = "M_FORBIDDEN";
    public const string GuestAccessForbidden = "M_GUEST_ACCESS_FORBIDDEN";
    public const string InvalidParam = "M_INVALID_PARAM";
    public const string InvalidRoomState = "M_INVALID_ROOM_STATE";
    public const string InvalidSignature = "M_INVALID_SIGNATURE";
    public const string InvalidUsername = "M_INVALID_USERNAME";
    public const string KeyTooLarge = "M_KEY_TOO_LARGE";
    public const string InviteBlocked = "M_INVITE_BLOCKED";
    public const string LimitExceeded = "M_LIMIT_EXCEEDED";
    public const string MissingParam = "M_MISSING_PARAM";
    public const string MissingToken = "M_MISSING_TOKEN";
    public const string NotFound = "M_NOT_FOUND";
    public const string NotJson = "M_NOT_JSON";
    public const string ProfileTooLarge = "M_PROFILE_TOO_LARGE";
    public const string RoomInUse = "M_ROOM_IN_USE";
    public const string ThreepidDenied = "M_THREEPID_DENIED";
    public const string TooLarge = "M_TOO_LARGE";
    public const string UnableToAuthoriseJoin = "M_UNABLE_TO_AUTHORISE_JOIN";
    public const string UnableToGrantJoin = "M_UNABLE_TO_GRANT_JOIN";
    public const string Unknown = "M_UNKNOWN";
    public const string UnknownToken = "M_UNKNOWN_TOKEN";
    public const string Unrecognized = "M_UNRECOGNIZED";
    public const string UnsupportedRoomVersion = "M_UNSUPPORTED_ROOM_VERSION";
    public const string UserDeactivated = "M_USER_DEACTIVATED";
    public const string UserInUse = "M_USER_IN_USE";
    public const string UserLocked = "M_USER_LOCKED";
    public const string UserSuspended = "M_USER_SUSPENDED";
    public const string WeakPassword = "M_WEAK_PASSWORD";
    public const string WrongRoomKeysVersion = "M_WRONG_ROOM_KEYS_VERSION";
}
