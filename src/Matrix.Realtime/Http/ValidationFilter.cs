using System.Reflection;
using FluentValidation;
using FluentValidation.Results;
using Matrix.Realtime.Errors;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>
/// Validates the body of an endpoint by the <see cref="IValidator{T}"/> registered for its wire type.
/// </summary>
/// <remarks>Whether there is one is found out once, when the endpoint is built; the others pay nothing.</remarks>
internal static class ValidationFilter
{
    private delegate ValidationResult BodyValidation(object? argument);

    public static EndpointFilterDelegate Create(EndpointFilterFactoryContext context, EndpointFilterDelegate next)
    {
        var parameters = context.MethodInfo.GetParameters();
        for (var i = 0; i < parameters.Length; i++)
        {
            if (BodyTypeOf(parameters[i].ParameterType) is { } bodyType
                && context.ApplicationServices.GetService(typeof(IValidator<>).MakeGenericType(bodyType)) is { } validator)
            {
                return Validate(i, ValidationFor(bodyType, validator), next);
            }
        }

        return next;
    }

    private static EndpointFilterDelegate Validate(int index, BodyValidation validation, EndpointFilterDelegate next) =>
        context =>
        {
            var result = validation(context.Arguments[index]);
            return result.IsValid ? next(context) : throw ToRefusal(result.Errors[0]);
        };

    private static MatrixException ToRefusal(ValidationFailure failure) => MatrixException.BadRequest(
        failure.ErrorCode.StartsWith("M_", StringComparison.Ordinal) ? failure.ErrorCode : MatrixErrorCodes.InvalidParam,
        failure.ErrorMessage);

    private static Type? BodyTypeOf(Type parameterType) =>
        parameterType.GetInterfaces()
            .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IJsonBody<>))
            ?.GetGenericArguments()[0];

    private static BodyValidation ValidationFor(Type bodyType, object validator) =>
        typeof(ValidationFilter)
            .GetMethod(nameof(ValidateBody), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(bodyType)
            .CreateDelegate<Func<object, BodyValidation>>()(validator);

    private static BodyValidation ValidateBody<T>(object validator) =>
        argument => argument is IJsonBody<T> body
            ? ((IValidator<T>)validator).Validate(body.Value)
            : new ValidationResult();
}
