using FluentValidation;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Accounts;

/// <summary>What names of devices have to keep to.</summary>
internal static class DeviceDisplayNameRule
{
    private const int MaxLength = 256;

    public static IRuleBuilderOptions<T, string?> IsDeviceDisplayName<T>(
        this IRuleBuilder<T, string?> rule, string name) => rule
        .MaximumLength(MaxLength)
        .WithErrorCode(MatrixErrorCodes.InvalidParam)
        .WithMessage($"'{name}' must not be longer than {MaxLength} characters.");
}
