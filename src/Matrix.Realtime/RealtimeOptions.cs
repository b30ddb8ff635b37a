namespace Matrix.Realtime;

/// <summary>
/// Everything an operator can set about the homeserver, by convention in the configuration section "Matrix".
/// </summary>
public sealed class RealtimeOptions
{
    /// <summary>The name of the configuration section that a host binds to these options.</summary>
    public const string SectionName = "Matrix";

    /// <summary>
    /// The server's name: what stands behind the colon of user ids. Never change it once users exist.
    /// </summary>
    public string ServerName { get; set; } = "localhost";

    /// <summary>
    /// The address at which clients reach this server, advertised in <c>/.well-known/matrix/client</c>.
    /// Unset means the address of the request itself.
    /// </summary>
    public Uri? PublicBaseUrl { get; set; }

    /// <summary>The largest JSON body taken, in bytes. Single events have a smaller limit of their own.</summary>
    public int MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>How deep objects and arrays of a body may nest.</summary>
    public int MaxJsonDepth { get; set; } = 48;

    /// <summary>
    /// How long access tokens are valid. Unset means one hour for clients that can refresh theirs, for good for others.
    /// </summary>
    public TimeSpan? AccessTokenLifetime { get; set; }

    /// <summary>The ids of the users who may lock and suspend the accounts of others.</summary>
    public IList<string> Admins { get; } = [];

    /// <summary>How users come to their access tokens.</summary>
    public LoginOptions Login { get; } = new();

    /// <summary>Who may create an account.</summary>
    public RegistrationOptions Registration { get; } = new();

    /// <summary>Authentication in several steps.</summary>
    public InteractiveAuthenticationOptions InteractiveAuthentication { get; } = new();

    /// <summary>What clients keep with the server for their user.</summary>
    public AccountDataOptions AccountData { get; } = new();

    /// <summary>Typing notifications.</summary>
    public TypingOptions Typing { get; } = new();

    /// <summary>Receipts and read markers.</summary>
    public ReceiptOptions Receipts { get; } = new();

    /// <summary>Whether users are there.</summary>
    public PresenceOptions Presence { get; } = new();

    /// <summary>The <c>/sync</c> long poll.</summary>
    public SyncOptions Sync { get; } = new();

    /// <summary>The list of public rooms.</summary>
    public RoomDirectoryOptions RoomDirectory { get; } = new();

    /// <summary>What users report to whoever runs the server.</summary>
    public ReportOptions Reports { get; } = new();

    /// <summary>What notifies users of messages.</summary>
    public PushRuleOptions PushRules { get; } = new();
}
