using Matrix.Realtime.Storage;

namespace Matrix.Realtime.Search.Events;

/// <summary>The full-text index over <see cref="SearchableEventRow"/>. Implemented by the provider.</summary>
internal interface ISearchIndex
{
    /// <summary>The rows in which all phrases of the term occur, committed ones all included.</summary>
    IQueryable<SearchableEventRow> Match(MatrixDbContext database, SearchTerm term);
}
