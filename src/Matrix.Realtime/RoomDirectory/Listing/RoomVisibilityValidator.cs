using FluentValidation;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.RoomDirectory.Listing;

internal sealed class RoomVisibilityValidator : AbstractValidator<RoomVisibility>
{
    public RoomVisibilityValidator() =>
        RuleFor(body => body.Visibility)
            .Must(visibility => visibility is null or RoomVisibility.Public or RoomVisibility.Private)
            .WithErrorCode(MatrixErrorCodes.InvalidParam)
            .WithMessage("'visibility' must be 'public' or 'private'.");
}
