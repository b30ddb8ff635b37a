using FluentValidation;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Keys.OneTime;

internal sealed class KeyClaimRequestValidator : AbstractValidator<KeyClaimRequest>
{
    public KeyClaimRequestValidator() =>
        RuleFor(request => request.OneTimeKeys)
            .Must(users => users.Values.All(devices =>
                devices is not null && devices.Values.All(algorithm => algorithm is not null)))
            .WithErrorCode(MatrixErrorCodes.BadJson)
            .WithMessage("'one_time_keys' must name an algorithm for each device of each user.");
}
