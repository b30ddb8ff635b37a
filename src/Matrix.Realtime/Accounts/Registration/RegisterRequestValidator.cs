using FluentValidation;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Accounts.Registration;

internal sealed class RegisterRequestValidator : AbstractValidator<RegisterRequest>
{
    private const int MaxPasswordLength = 512;

    public RegisterRequestValidator()
    {
        RuleFor(request => request.Password)
            .MaximumLength(MaxPasswordLength)
            .WithErrorCode(MatrixErrorCodes.InvalidParam)
            .WithMessage($"'password' must not be longer than {MaxPasswordLength} characters.");
        RuleFor(request => request.Password)
            .NotEqual("")
            .WithErrorCode(MatrixErrorCodes.WeakPassword)
            .WithMessage("'password' must not be empty.");
        RuleFor(request => request.InitialDeviceDisplayName).IsDeviceDisplayName();
    }
}
