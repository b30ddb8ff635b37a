using FluentValidation;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.ReadMarkers;

internal sealed class ReadMarkersRequestValidator : AbstractValidator<ReadMarkersRequest>
{
    public ReadMarkersRequestValidator() =>
        RuleFor(request => request.FullyRead)
            .NotNull()
            .When(request => request.MayGoBack)
            .WithErrorCode(MatrixErrorCodes.InvalidParam)
            .WithMessage("Only the read marker may go back.");
}
