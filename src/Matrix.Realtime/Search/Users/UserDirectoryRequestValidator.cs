using FluentValidation;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Search.Users;

internal sealed class UserDirectoryRequestValidator : AbstractValidator<UserDirectoryRequest>
{
    public UserDirectoryRequestValidator() =>
        RuleFor(request => request.Limit)
            .GreaterThanOrEqualTo(0)
            .WithErrorCode(MatrixErrorCodes.InvalidParam)
            .WithMessage("'limit' must not be negative.");
}
