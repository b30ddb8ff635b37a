using System.Text;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Events;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Rooms.Events;

/// <summary>Signing, against the test vectors of appendices, "JSON Signing".</summary>
public sealed class ServerSigningKeyTests
{
    [Theory]
    [InlineData("{}", "K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ")]
    [InlineData(
        """{"one":1,"two":"Two"}""",
        "KqmLSbO39/Bzb0QIYE82zqLwsA+PDzYIpIRA2sRQ4sL53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw")]
    public void Sign_TestVector_GivesTheSignatureOfTheSpecification(string json, string expected) =>
        Assert.Equal(expected, TestEvents.Key.Sign(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Import_ExportedSeed_IsTheSameKey()
    {
        using var key = ServerSigningKey.Generate(new FakeTimeProvider());
        using var imported = ServerSigningKey.Import(key.KeyId, key.ExportSeed());
        var data = "data"u8;

        Assert.StartsWith("ed25519:", key.KeyId, StringComparison.Ordinal);
        Assert.Equal(key.Sign(data), imported.Sign(data));
        Assert.NotEqual(key.Sign(data), TestEvents.Key.Sign(data));
    }

    [Fact]
    public void Verify_Signature_HoldsForItsDataAndKeyOnly()
    {
        using var other = ServerSigningKey.Generate(new FakeTimeProvider());
        Assert.True(UnpaddedBase64.TryDecode(TestEvents.Key.Sign("data"u8), out var signature));

        Assert.True(ServerSigningKey.Verify(TestEvents.Key.PublicKey, "data"u8, signature));
        Assert.False(ServerSigningKey.Verify(TestEvents.Key.PublicKey, "date"u8, signature));
        Assert.False(ServerSigningKey.Verify(other.PublicKey, "data"u8, signature));
        Assert.False(ServerSigningKey.Verify([1, 2, 3], "data"u8, signature));
    }
}
