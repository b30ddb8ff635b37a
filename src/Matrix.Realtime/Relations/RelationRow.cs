using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matrix.Realtime.Relations;

/// <summary>
/// What one event, the child, says about another, straight or by way of events that relate to that one. A redaction of
/// the child, or of one on the way, takes it away.
/// </summary>
internal sealed class RelationRow
{
    /// <summary>The greatest <see cref="Depth"/> that is stored.</summary>
    public const int MaxDepth = 3;

    /// <summary>The position of the child.</summary>
    public StreamPosition Position { get; set; }

    /// <summary>How many relations lead to the target: 1 for what the child itself names.</summary>
    public int Depth { get; set; }

    public RoomId RoomId { get; set; }

    /// <summary>The child.</summary>
    public EventId EventId { get; set; }

    /// <summary>The event that it is about.</summary>
    public EventId Target { get; set; }

    public required string RelType { get; set; }

    /// <summary>The type of the child.</summary>
    public required string Type { get; set; }

    public UserId Sender { get; set; }

    public long OriginServerTs { get; set; }

    /// <summary>With what an annotation annotates.</summary>
    public string? Key { get; set; }

    /// <summary>Whether the child may be an edit: it holds content to replace another's, or it cannot be told.</summary>
    public bool HasNewContent { get; set; }

    /// <summary>The same child by way of its target, about what that one relates to.</summary>
    public RelationRow Through(RelationRow relationOfTarget) => new()
    {
        Position = Position,
        Depth = Depth + relationOfTarget.Depth,
        RoomId = RoomId,
        EventId = EventId,
        Target = relationOfTarget.Target,
        RelType = RelType,
        Type = Type,
        Sender = Sender,
        OriginServerTs = OriginServerTs,
        Key = Key,
        HasNewContent = HasNewContent,
    };

    /// <summary>What an event itself says; null when it says nothing about another.</summary>
    public static RelationRow? Of(StreamPosition position, Pdu child) => EventRelation.Of(child) is not { } relation
        ? null
        : new()
        {
            Position = position,
            Depth = 1,
            RoomId = child.RoomId,
            EventId = child.EventId,
            Target = relation.EventId,
            RelType = relation.RelType,
            Type = child.Type,
            Sender = child.Sender,
            OriginServerTs = child.OriginServerTs,
            Key = relation.Key,
            HasNewContent = child.StateKey is null
                && (child.Type == EventTypes.Encrypted || child.Content.TryGet("m.new_content", JsonValueKind.Object, out _)),
        };
}

internal sealed class RelationRowConfiguration : IEntityTypeConfiguration<RelationRow>
{
    public void Configure(EntityTypeBuilder<RelationRow> builder)
    {
        builder.ToTable("relations");
        builder.HasKey(row => new { row.Position, row.Depth });

        // Not by what clients may make as long as they like: an index entry has a bound.
        builder.HasIndex(row => new { row.Target, row.Position });
        builder.HasIndex(row => new { row.Target, row.Sender });
    }
}
