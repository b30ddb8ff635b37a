using System.Text;

namespace Matrix.Realtime.Json;

/// <summary>Where in an object a property stands (appendices, "Dot-separated property paths").</summary>
internal static class PropertyPath
{
    /// <summary>The names from the outside in; a backslash keeps a dot or another backslash literal.</summary>
    public static string[] Parse(string path)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        for (var index = 0; index < path.Length; index++)
        {
            if (path[index] == '.')
            {
                names.Add(name.ToString());
                name.Clear();
                continue;
            }

            var escapes = path[index] == '\\' && index + 1 < path.Length && path[index + 1] is '.' or '\\';
            name.Append(path[escapes ? ++index : index]);
        }

        return [.. names, name.ToString()];
    }
}
