using System.Text.Json;
using FluentValidation;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Keys.CrossSigning;

internal sealed class SignaturesUploadValidator : AbstractValidator<Dictionary<UserId, Dictionary<string, JsonElement>>>
{
    public SignaturesUploadValidator() =>
        RuleFor(users => users)
            .Must(users => users.Values.All(keys => keys is not null))
            .WithErrorCode(MatrixErrorCodes.BadJson)
            .WithMessage("The body must hold an object of keys for each user.");
}
