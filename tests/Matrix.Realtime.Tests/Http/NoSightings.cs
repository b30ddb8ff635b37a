using System.Net;
using Matrix.Realtime.Http;

namespace Matrix.Realtime.Tests.Http;

/// <summary>Does not care who was seen.</summary>
internal sealed class NoSightings : IDeviceSightings
{
    public void OnSeen(Requester requester, IPAddress? address)
    {
    }
}
