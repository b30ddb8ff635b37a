using FluentValidation;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Rooms.Upgrades;

internal sealed class UpgradeRoomRequestValidator : AbstractValidator<UpgradeRoomRequest>
{
    public UpgradeRoomRequestValidator() => RuleFor(request => request.NewVersion)
        .Must(version => RoomVersion.TryGet(version, out _))
        .WithErrorCode(MatrixErrorCodes.UnsupportedRoomVersion)
        .WithMessage("This server does not support that room version.");
}
