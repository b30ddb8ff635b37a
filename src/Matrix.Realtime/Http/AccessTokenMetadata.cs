namespace Matrix.Realtime.Http;

/// <summary>Whether an endpoint needs to know who calls; the last one on an endpoint counts.</summary>
internal sealed record AccessTokenMetadata(bool IsRequired)
{
    public static readonly AccessTokenMetadata Required = new(IsRequired: true);
    public static readonly AccessTokenMetadata Optional = new(IsRequired: false);
}
