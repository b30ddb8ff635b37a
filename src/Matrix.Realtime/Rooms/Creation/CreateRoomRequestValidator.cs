using System.Text.Json;
using FluentValidation;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Rooms.Creation;

internal sealed class CreateRoomRequestValidator : AbstractValidator<CreateRoomRequest>
{
    // All first events of a room are one change, and nobody else's is written meanwhile.
    private const int MaxInvites = 500;
    private const int MaxInitialState = 100;

    public CreateRoomRequestValidator()
    {
        RuleFor(request => request.Visibility)
            .Must(visibility => visibility is null or "public" or "private")
            .WithErrorCode(MatrixErrorCodes.InvalidParam)
            .WithMessage("'visibility' must be 'public' or 'private'.");
        RuleFor(request => request.Preset)
            .Must(preset => preset is null || RoomPreset.TryGet(preset, out _))
            .WithErrorCode(MatrixErrorCodes.InvalidParam)
            .WithMessage("'preset' is unknown.");
        RuleFor(request => request.RoomVersion)
            .Must(version => version is null || RoomVersion.TryGet(version, out _))
            .WithErrorCode(MatrixErrorCodes.UnsupportedRoomVersion)
            .WithMessage("This server does not support that room version.");
        RuleFor(request => request.Invite)
            .Must(invites => invites is not { Count: > MaxInvites })
            .WithErrorCode(MatrixErrorCodes.InvalidParam)
            .WithMessage($"'invite' must not name more than {MaxInvites} users.");
        RuleFor(request => request.InviteThirdParty)
            .Must(invites => invites is not { Count: > 0 })
            .WithErrorCode(MatrixErrorCodes.InvalidParam)
            .WithMessage("This server cannot invite by third-party identifiers.");
        RuleFor(request => request.CreationContent).Must(BeObject).WithErrorCode(MatrixErrorCodes.BadJson)
            .WithMessage("'creation_content' must be an object.");
        RuleFor(request => request.PowerLevelContentOverride).Must(BeObject).WithErrorCode(MatrixErrorCodes.BadJson)
            .WithMessage("'power_level_content_override' must be an object.");
        RuleFor(request => request.InitialState)
            .Must(state => state is not { Count: > MaxInitialState })
            .WithErrorCode(MatrixErrorCodes.InvalidParam)
            .WithMessage($"'initial_state' must not hold more than {MaxInitialState} events.");
        RuleForEach(request => request.InitialState)
            .Must(state => state is { Content.ValueKind: JsonValueKind.Object })
            .WithErrorCode(MatrixErrorCodes.BadJson)
            .WithMessage("The content of 'initial_state' must be objects.")
            .Must(state => state is not { Type: EventTypes.Create or EventTypes.Member })
            .WithErrorCode(MatrixErrorCodes.InvalidRoomState)
            .WithMessage("'initial_state' must not hold the creation of the room or members.");
    }

    private static bool BeObject(JsonElement? value) => value is null or { ValueKind: JsonValueKind.Object };
}
