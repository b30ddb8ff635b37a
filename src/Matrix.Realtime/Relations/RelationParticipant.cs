using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Relations;

/// <summary>Stores with each event what it says about others, and refuses what may not be said.</summary>
internal sealed class RelationParticipant : IRoomEventParticipant
{
    public async ValueTask OnEventAsync(ChangeBatch batch, RoomEventChange change)
    {
        if (change.Redacts is { } target && RelationRow.Of(target.Position, target.Pdu) is { } redacted)
        {
            await RemoveAsync(batch, redacted);
        }

        if (change.RelatesTo is { } about)
        {
            await AddAsync(batch, RelationRow.Of(change.Position, change.Pdu)!, about);
        }
    }

    private static async ValueTask AddAsync(ChangeBatch batch, RelationRow added, RoomEvent target)
    {
        var further = EventRelation.Of(target.Pdu) is null ? [] : await ReadOwnAsync(batch, target.Position);
        if (added.RelType == RelationTypes.Thread)
        {
            RequireRoot(further);
            batch.Upsert(new ThreadRow { RoomId = added.RoomId, Root = added.Target, Latest = added.Position });
        }

        if (added.RelType == RelationTypes.Annotation)
        {
            await RequireNewAsync(batch, added);
        }

        batch.Insert(added);
        foreach (var relation in further.Where(relation => relation.Depth < RelationRow.MaxDepth))
        {
            batch.Insert(added.Through(relation));
        }
    }

    private static async ValueTask RemoveAsync(ChangeBatch batch, RelationRow redacted)
    {
        foreach (var own in await ReadOwnAsync(batch, redacted.Position))
        {
            batch.Delete(own);
        }

        // What was said about it leads no further.
        foreach (var child in await ReadAboutAsync(batch, redacted.RoomId, redacted.EventId))
        {
            for (var depth = child.Depth + 1; depth <= RelationRow.MaxDepth; depth++)
            {
                batch.Delete(new RelationRow { Position = child.Position, Depth = depth, RelType = "", Type = "" });
            }
        }

        if (redacted.RelType == RelationTypes.Thread)
        {
            await ShortenThreadAsync(batch, redacted);
        }
    }

    private static async ValueTask ShortenThreadAsync(ChangeBatch batch, RelationRow redacted)
    {
        var latest = await FindLastReplyAsync(batch, redacted.RoomId, redacted.Target);
        var thread = new ThreadRow { RoomId = redacted.RoomId, Root = redacted.Target, Latest = latest };
        if (latest == StreamPosition.Zero)
        {
            batch.Delete(thread);
        }
        else if (latest < redacted.Position)
        {
            batch.Upsert(thread);
        }
    }

    /// <summary>Where the last reply of a thread stands, with what the batch has done so far; zero if there is none.</summary>
    private static async ValueTask<StreamPosition> FindLastReplyAsync(ChangeBatch batch, RoomId roomId, EventId root)
    {
        List<StreamPosition> deleted =
        [
            .. batch.Operations.Where(operation => operation.Kind == RowOperationKind.Delete)
                .Select(operation => operation.Row).OfType<RelationRow>()
                .Where(row => row.Depth == 1).Select(row => row.Position),
        ];
        var committed = await batch.ReadAsync((database, cancellationToken) => database.About(roomId, [root])
            .Where(row => row.Depth == 1 && row.RelType == RelationTypes.Thread && !deleted.Contains(row.Position))
            .OrderByDescending(row => row.Position).Take(1).ToListAsync(cancellationToken));
        return WithPending(
            batch,
            committed,
            row => row.RoomId == roomId && row.Target == root && row.Depth == 1 && row.RelType == RelationTypes.Thread)
            .Select(row => row.Position).DefaultIfEmpty().Max();
    }

    private static void RequireRoot(IReadOnlyCollection<RelationRow> relationsOfRoot)
    {
        if (relationsOfRoot.Count > 0)
        {
            throw MatrixException.BadRequest(
                MatrixErrorCodes.Unknown, "An event that relates to another cannot be the root of a thread.");
        }
    }

    /// <summary>Refuses to say twice what makes no difference the second time.</summary>
    private static async ValueTask RequireNewAsync(ChangeBatch batch, RelationRow added)
    {
        var said = await ReadAboutAsync(batch, added.RoomId, added.Target, added.Sender);
        if (said.Any(row => row.Depth == 1 && row.RelType == RelationTypes.Annotation
            && row.Type == added.Type && row.Key == added.Key))
        {
            throw MatrixException.BadRequest(
                MatrixErrorCodes.DuplicateAnnotation, "You have annotated this event in the same way already.");
        }
    }

    /// <summary>What the event at a position says, with what the batch has done so far.</summary>
    private static async ValueTask<IReadOnlyCollection<RelationRow>> ReadOwnAsync(
        ChangeBatch batch, StreamPosition position) =>
        WithPending(
            batch,
            await batch.ReadAsync((database, cancellationToken) => database.Set<RelationRow>().AsNoTracking()
                .Where(row => row.Position == position).ToListAsync(cancellationToken)),
            row => row.Position == position);

    /// <summary>What is said about an event, by one user or by all, with what the batch has done so far.</summary>
    private static async ValueTask<IReadOnlyCollection<RelationRow>> ReadAboutAsync(
        ChangeBatch batch, RoomId roomId, EventId target, UserId? sender = null) =>
        WithPending(
            batch,
            await batch.ReadAsync((database, cancellationToken) => database.About(roomId, [target])
                .Where(row => sender == null || row.Sender == sender).ToListAsync(cancellationToken)),
            row => row.RoomId == roomId && row.Target == target && (sender is null || row.Sender == sender));

    private static IReadOnlyCollection<RelationRow> WithPending(
        ChangeBatch batch, List<RelationRow> committed, Func<RelationRow, bool> isAskedFor)
    {
        var rows = committed.ToDictionary(row => (row.Position, row.Depth));
        foreach (var operation in batch.Operations)
        {
            if (operation.Row is not RelationRow row)
            {
                continue;
            }

            if (operation.Kind == RowOperationKind.Delete)
            {
                rows.Remove((row.Position, row.Depth));
            }
            else if (isAskedFor(row))
            {
                rows[(row.Position, row.Depth)] = row;
            }
        }

        return rows.Values;
    }
}
