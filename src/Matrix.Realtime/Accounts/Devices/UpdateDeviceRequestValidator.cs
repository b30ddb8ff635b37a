using FluentValidation;

namespace Matrix.Realtime.Accounts.Devices;

internal sealed class UpdateDeviceRequestValidator : AbstractValidator<UpdateDeviceRequest>
{
    public UpdateDeviceRequestValidator() => RuleFor(request => request.DisplayName).IsDeviceDisplayName("display_name");
}
