using System.Net;
using System.Net.Sockets;
using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Accounts.Login;

/// <summary>
/// How often one address may log in, register and refresh tokens. Calls from the machine itself are not counted.
/// </summary>
internal sealed class LoginRateLimitPolicy(IOptions<RealtimeOptions> options)
    : RateLimitPolicy(options.Value.Login.RateLimit)
{
    /// <summary>What the endpoints name in order to be limited.</summary>
    public const string Name = "login";

    /// <summary>Of an address of version 6, the half that one subscriber has to themselves.</summary>
    private const int NetworkBytes = 8;

    protected override string? FindCaller(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        {
            return null;
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address.MapToIPv4().ToString();
    }
}
