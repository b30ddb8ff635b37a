using FluentValidation;

namespace Matrix.Realtime.Presence;

internal sealed class SetPresenceRequestValidator : AbstractValidator<SetPresenceRequest>
{
    private const int MaxStatusMessageLength = 2048;

    public SetPresenceRequestValidator() =>
        RuleFor(request => request.StatusMessage)
            .MaximumLength(MaxStatusMessageLength)
            .WithMessage($"'status_msg' must not be longer than {MaxStatusMessageLength} characters.");
}
