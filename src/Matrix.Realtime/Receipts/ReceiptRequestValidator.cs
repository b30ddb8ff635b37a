using System.Text.Json;
using FluentValidation;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Receipts;

internal sealed class ReceiptRequestValidator : AbstractValidator<ReceiptRequest>
{
    public ReceiptRequestValidator() =>
        RuleFor(request => request.ThreadId)
            .Must(IsText)
            .When(request => request.IsThreaded)
            .WithErrorCode(MatrixErrorCodes.InvalidParam)
            .WithMessage("'thread_id' must be a string that is not empty.");

    private static bool IsText(JsonElement threadId) =>
        threadId.ValueKind == JsonValueKind.String && threadId.GetString() is { Length: > 0 };
}
