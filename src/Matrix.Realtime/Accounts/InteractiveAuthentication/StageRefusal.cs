namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>Why an attempt at a stage failed.</summary>
internal sealed record StageRefusal(string ErrorCode, string Error);
