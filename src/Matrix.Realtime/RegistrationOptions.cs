namespace Matrix.Realtime;

/// <summary>Who may create an account.</summary>
public sealed class RegistrationOptions
{
    /// <summary>Whether anybody may register. Unset means: in the Development environment only.</summary>
    public bool? Enabled { get; set; }
}
