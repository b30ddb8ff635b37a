using FluentValidation;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Search.Events;

internal sealed class SearchRequestValidator : AbstractValidator<SearchRequest>
{
    public SearchRequestValidator() =>
        When(request => request.SearchCategories.RoomEvents is not null, () =>
        {
            RuleFor(request => request.SearchCategories.RoomEvents!.OrderBy)
                .Must(order => order is null or RoomEventsCriteria.Rank or RoomEventsCriteria.Recent)
                .WithErrorCode(MatrixErrorCodes.InvalidParam)
                .WithMessage("'order_by' must be 'rank' or 'recent'.");
            RuleForEach(request => request.SearchCategories.RoomEvents!.Keys)
                .Must(key => SearchKeys.Find(key) is not null)
                .WithErrorCode(MatrixErrorCodes.InvalidParam)
                .WithMessage("'keys' may hold 'content.body', 'content.name' and 'content.topic'.");
            RuleForEach(request => request.SearchCategories.RoomEvents!.Groupings!.GroupBy)
                .Must(group => group is { Key: SearchGroup.Room or SearchGroup.Sender })
                .When(request => request.SearchCategories.RoomEvents!.Groupings is not null)
                .WithErrorCode(MatrixErrorCodes.InvalidParam)
                .WithMessage("Results are grouped by 'room_id' or 'sender'.");
            RuleFor(request => request.SearchCategories.RoomEvents!.EventContext)
                .Must(context => context is null or { BeforeLimit: null or >= 0, AfterLimit: null or >= 0 })
                .WithErrorCode(MatrixErrorCodes.InvalidParam)
                .WithMessage("The limits of 'event_context' must not be negative.");
        });
}
