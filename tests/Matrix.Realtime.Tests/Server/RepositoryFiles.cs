namespace Matrix.Realtime.Tests.Server;

/// <summary>The files at the top of the repository.</summary>
internal static class RepositoryFiles
{
    public static string Read(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Matrix.Realtime.sln")))
        {
            folder = folder.Parent!;
        }

        return File.ReadAllText(Path.Combine(folder.FullName, name));
    }
}
