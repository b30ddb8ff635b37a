using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Keys.CrossSigning;

/// <summary>The cross-signing keys of one user: those that there are, or those that are uploaded.</summary>
internal sealed class CrossSigningKeys(UserId owner, IReadOnlyCollection<CrossSigningKey> keys)
{
    public IReadOnlyCollection<CrossSigningKey> All { get; } = keys;

    public CrossSigningKey? Master => Find(CrossSigningUsages.Master);

    public CrossSigningKey? SelfSigning => Find(CrossSigningUsages.SelfSigning);

    public CrossSigningKey? UserSigning => Find(CrossSigningUsages.UserSigning);

    public static CrossSigningKeys Parse(CrossSigningUploadRequest request, UserId owner)
    {
        List<CrossSigningKey> keys = [];
        Add(request.MasterKey, CrossSigningUsages.Master);
        Add(request.SelfSigningKey, CrossSigningUsages.SelfSigning);
        Add(request.UserSigningKey, CrossSigningUsages.UserSigning);
        return new(owner, keys);

        void Add(JsonElement? json, string usage)
        {
            if (json is { } given)
            {
                keys.Add(CrossSigningKey.Parse(given, owner, usage));
            }
        }
    }

    public static async Task<CrossSigningKeys> ReadAsync(
        MatrixDbContext database, UserId owner, CancellationToken cancellationToken)
    {
        var rows = await database.Set<CrossSigningKeyRow>().AsNoTracking()
            .Where(row => row.UserId == owner).ToListAsync(cancellationToken);
        return new(owner, [.. rows.Select(CrossSigningKey.From)]);
    }

    public CrossSigningKey? Find(string usage) => All.FirstOrDefault(key => key.Usage == usage);

    /// <summary>Those of these keys that are not among the others.</summary>
    public IEnumerable<CrossSigningKey> Except(CrossSigningKeys others) =>
        All.Where(key => others.Find(key.Usage) is not { } other || !other.Json.HasSameContent(key.Json));

    /// <summary>
    /// Whether whoever sends these keys must prove who they are: once there is a master key, no key is added or
    /// replaced without that (client-server API, <c>uploadCrossSigningKeys</c>).
    /// </summary>
    public bool NeedAuthentication(CrossSigningKeys stored) => stored.Master is not null && Except(stored).Any();

    /// <exception cref="MatrixException">400: there is no master key, or it has not signed the other keys.</exception>
    public void RequireSigned(CrossSigningKeys stored)
    {
        var master = Master ?? stored.Master ?? throw MatrixException.MissingParam("There is no master key.");
        if (All.Any(key => key.Usage != CrossSigningUsages.Master
            && !key.Json.IsSignedBy(owner, master.PublicKey, master.KeyId)))
        {
            throw MatrixException.BadRequest(
                MatrixErrorCodes.InvalidSignature, "A key does not have the signature of the master key.");
        }
    }
}
