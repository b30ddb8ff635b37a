using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.Addresses;

/// <summary>The aliases that this server gives out.</summary>
internal sealed class LocalAliases(LocalServer server)
{
    /// <summary>The alias that a localpart stands for here.</summary>
    /// <exception cref="MatrixException">M_INVALID_PARAM.</exception>
    public RoomAlias FromLocalpart(string localpart)
    {
        if (localpart.Contains(':') || !RoomAlias.TryParse($"#{localpart}:{server.Name}", out var alias))
        {
            throw MatrixException.InvalidParam(
                "The first part of a room alias holds no colon and, with the server's name, at most 255 bytes.");
        }

        Require(alias);
        return alias;
    }

    /// <exception cref="MatrixException">M_INVALID_PARAM: another server's alias, or one that nobody could
    /// type.</exception>
    public void Require(RoomAlias alias)
    {
        if (!server.Owns(alias))
        {
            throw MatrixException.InvalidParam("This server gives out no aliases of other servers.");
        }

        foreach (var character in alias.Localpart)
        {
            if (char.IsWhiteSpace(character) || char.IsControl(character))
            {
                throw MatrixException.InvalidParam("A room alias holds neither spaces nor control characters.");
            }
        }
    }
}
