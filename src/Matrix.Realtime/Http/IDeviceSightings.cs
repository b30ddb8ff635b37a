using System.Net;

namespace Matrix.Realtime.Http;

/// <summary>Is told of every request of somebody who is known.</summary>
internal interface IDeviceSightings
{
    /// <summary>A request came from the device. Called for each: cheap, and never throws.</summary>
    void OnSeen(Requester requester, IPAddress? address);
}
