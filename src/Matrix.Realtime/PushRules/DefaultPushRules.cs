using System.Buffers;
using System.Text;
using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.PushRules;

/// <summary>The push rules that every user has from the start (client-server API, "Predefined Rules").</summary>
internal static partial class DefaultPushRules
{
    /// <summary>Stands in the rules where each user's own id belongs.</summary>
    private const string UserIdPlaceholder = "\"<user>\"";

    private static readonly byte[][] Pieces =
    [
        .. Minify(Ruleset).Split(UserIdPlaceholder).Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>All of a user's rulesets, which is the content of <c>m.push_rules</c>.</summary>
    public static byte[] For(UserId userId)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("{\"global\":"u8);
        WriteRuleset(output, userId);
        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The only ruleset there is.</summary>
    public static byte[] GlobalFor(UserId userId)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteRuleset(output, userId);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteRuleset(ArrayBufferWriter<byte> output, UserId userId)
    {
        output.Write(Pieces[0]);
        foreach (var piece in Pieces.AsSpan(1))
        {
            JsonText.WriteString(output, userId.Value);
            output.Write(piece);
        }
    }

    private static string Minify(string json) => Encoding.UTF8.GetString(CanonicalJson.Serialize(JsonElement.Parse(json)));
}
