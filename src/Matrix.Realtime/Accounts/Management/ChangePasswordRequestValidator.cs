using FluentValidation;

namespace Matrix.Realtime.Accounts.Management;

internal sealed class ChangePasswordRequestValidator : AbstractValidator<ChangePasswordRequest>
{
    public ChangePasswordRequestValidator() => RuleFor(request => request.NewPassword).IsPassword("new_password");
}
