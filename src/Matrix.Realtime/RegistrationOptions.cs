namespace Matrix.Realtime;

/// <summary>Who may create an account.</summary>
public sealed class RegistrationOptions
{
    /// <summary>Whether anybody may register. Unset means: in the Development environment only.</summary>
    public bool? Enabled { get; set; }

    /// <summary>The registration tokens. Where there are any, only who knows one may register.</summary>
    public IList<string> Tokens { get; } = [];
}
