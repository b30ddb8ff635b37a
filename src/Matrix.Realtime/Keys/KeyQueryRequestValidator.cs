using FluentValidation;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Keys;

internal sealed class KeyQueryRequestValidator : AbstractValidator<KeyQueryRequest>
{
    public KeyQueryRequestValidator() =>
        RuleFor(request => request.DeviceKeys)
            .Must(users => users.Values.All(devices => devices is not null))
            .WithErrorCode(MatrixErrorCodes.BadJson)
            .WithMessage("'device_keys' must hold a list of devices for each user.");
}
