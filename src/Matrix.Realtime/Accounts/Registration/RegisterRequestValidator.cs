using FluentValidation;

namespace Matrix.Realtime.Accounts.Registration;

internal sealed class RegisterRequestValidator : AbstractValidator<RegisterRequest>
{
    public RegisterRequestValidator()
    {
        RuleFor(request => request.Password).IsPassword("password");
        RuleFor(request => request.InitialDeviceDisplayName).IsDeviceDisplayName("initial_device_display_name");
    }
}
