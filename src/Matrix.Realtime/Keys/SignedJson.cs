using System.Runtime.InteropServices;
using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Keys;

/// <summary>A JSON object and its signatures, as keys are published.</summary>
internal sealed class SignedJson
{
    private const int MaxUploadedBytes = 64 * 1024;
    private const string SignaturesName = "signatures";
    private const string UnsignedName = "unsigned";

    private readonly CanonicalObject _content;

    /// <exception cref="MatrixException">M_BAD_JSON: this is no object that can be signed.</exception>
    public SignedJson(JsonElement json)
    {
        _content = new CanonicalObject(json).Without(SignaturesName, UnsignedName);
        Content = _content.ToBytes();
        Signatures = json.TryGetProperty(SignaturesName, out var signatures) ? SignatureMap.Parse(signatures) : new();
    }

    /// <summary>What is signed: the canonical encoding of all but the signatures and <c>unsigned</c>.</summary>
    public byte[] Content { get; }

    public SignatureMap Signatures { get; }

    /// <summary>A key as a client uploads it.</summary>
    /// <exception cref="MatrixException">M_BAD_JSON: this is no object that can be signed. M_TOO_LARGE.</exception>
    public static SignedJson Parse(JsonElement json) =>
        JsonMarshal.GetRawUtf8Value(json).Length <= MaxUploadedBytes
            ? new(json)
            : throw MatrixException.TooLarge($"A key with its signatures has at most {MaxUploadedBytes} bytes.");

    public static SignedJson Read(byte[] stored) => new(JsonElement.Parse(stored));

    /// <summary>Whether the content is that of another object, whatever their signatures.</summary>
    public bool HasSameContent(SignedJson other) => Content.AsSpan().SequenceEqual(other.Content);

    /// <summary>Whether the user has signed with a key of theirs, and the signature is right.</summary>
    /// <param name="userId">Who signs.</param>
    /// <param name="publicKey">The public half of the key, in unpadded base64.</param>
    /// <param name="keyId">What the key is called in signatures, with its algorithm.</param>
    public bool IsSignedBy(UserId userId, string publicKey, string keyId) =>
        Signatures.Of(userId).TryGetValue(keyId, out var signature)
        && UnpaddedBase64.TryDecode(publicKey, out var key)
        && UnpaddedBase64.TryDecode(signature, out var bytes)
        && ServerSigningKey.Verify(key, Content, bytes);

    /// <summary>The object with those of its signatures that are its owner's, and without <c>unsigned</c>.</summary>
    public byte[] ToStored(UserId owner) => ToBytes(Signatures.Only(owner), unsigned: null);

    /// <summary>The object as clients get it.</summary>
    public byte[] ToBytes(SignatureMap signatures, ReadOnlyMemory<byte>? unsigned)
    {
        var whole = _content.Without();
        if (!signatures.IsEmpty || unsigned is not null)
        {
            whole.Set(SignaturesName, signatures.ToBytes());
        }

        if (unsigned is { } added)
        {
            whole.Set(UnsignedName, added);
        }

        return whole.ToBytes();
    }
}
