using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>Which members of a room are asked for.</summary>
internal readonly record struct MembersQuery(StreamToken? At, string? Membership, string? NotMembership)
{
    public static MembersQuery Read(QueryReader query) => new(
        query.Text("at") is { } at ? StreamToken.Parse(at, "at") : null,
        Known(query.Text("membership"), "membership"),
        Known(query.Text("not_membership"), "not_membership"));

    public bool Allows(string? membership) =>
        Membership is null && NotMembership is null
        || (Membership is not null && membership == Membership)
        || (NotMembership is not null && membership != NotMembership);

    private static string? Known(string? membership, string parameter) =>
        membership is null or Memberships.Join or Memberships.Invite or Memberships.Leave or Memberships.Ban or Memberships.Knock
            ? membership
            : throw MatrixException.InvalidParam($"'{parameter}' is not a membership.");
}
