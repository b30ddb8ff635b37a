using FluentValidation;
using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Accounts.Login;

internal sealed class LoginRequestValidator : AbstractValidator<LoginRequest>
{
    public LoginRequestValidator()
    {
        RuleFor(request => request.Type)
            .Equal(PasswordStage.Name)
            .WithErrorCode(MatrixErrorCodes.Unknown)
            .WithMessage("This server does not know that type of login.");
        RuleFor(request => request.Identifier)
            .Must(identifier => identifier is null
                or { Type: LoginIdentifier.User or LoginIdentifier.ThirdParty or LoginIdentifier.Phone })
            .WithErrorCode(MatrixErrorCodes.Unknown)
            .WithMessage("This server does not know that type of identifier.");
        RuleFor(request => request.UserName)
            .NotNull()
            .When(request => request.Identifier is null or { Type: LoginIdentifier.User })
            .WithErrorCode(MatrixErrorCodes.MissingParam)
            .WithMessage("The user is missing.");
        RuleFor(request => request.Password)
            .NotNull()
            .WithErrorCode(MatrixErrorCodes.MissingParam)
            .WithMessage("'password' is missing.");
        RuleFor(request => request.InitialDeviceDisplayName).IsDeviceDisplayName("initial_device_display_name");
    }
}
