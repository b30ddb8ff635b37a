using FluentValidation;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Accounts;

/// <summary>What passwords have to keep to.</summary>
internal static class PasswordRule
{
    private const int MaxLength = 512;

    public static IRuleBuilderOptions<T, string?> IsPassword<T>(this IRuleBuilder<T, string?> rule, string name) => rule
        .MaximumLength(MaxLength)
        .WithErrorCode(MatrixErrorCodes.InvalidParam)
        .WithMessage($"'{name}' must not be longer than {MaxLength} characters.")
        .NotEqual("")
        .WithErrorCode(MatrixErrorCodes.WeakPassword)
        .WithMessage($"'{name}' must not be empty.");
}
