using System.Text.Json;
using FluentValidation;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.ToDevice;

internal sealed class SendToDeviceRequestValidator : AbstractValidator<SendToDeviceRequest>
{
    public SendToDeviceRequestValidator() =>
        RuleFor(request => request.Messages)
            .Must(messages => messages.Values.All(devices =>
                devices is not null && devices.Values.All(content => content.ValueKind == JsonValueKind.Object)))
            .WithErrorCode(MatrixErrorCodes.BadJson)
            .WithMessage("'messages' must hold a JSON object for each device of each user.");
}
