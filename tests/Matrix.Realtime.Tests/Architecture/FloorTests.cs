using System.Runtime.CompilerServices;
using Source = Matrix.Realtime.Tests.Architecture.FloorRules.Source;

namespace Matrix.Realtime.Tests.Architecture;

public sealed class FloorTests
{
    private static readonly Source[] Module =
    [
        new("Http/Requester.cs", "namespace Matrix.Realtime.Http;"),
        new("Rooms/RoomService.cs", "namespace Matrix.Realtime.Rooms;"),
        new("Rooms/RoomRow.cs", "namespace Matrix.Realtime.Rooms;"),
        new("Accounts/AccountService.cs", "namespace Matrix.Realtime.Accounts;"),
        new("Typing/TypingService.cs", "using Matrix.Realtime.Rooms;\n// Sync.SyncService is fine in a comment"),
        new("Sync/SyncService.cs", "using Matrix.Realtime.Typing;\nvar x = Http.Requester;"),
        new("MatrixRealtimeServiceCollectionExtensions.cs", "using Matrix.Realtime.Sync;"),
    ];

    [Fact]
    public void Module_AsItIs_KeepsTheOrder()
    {
        var root = ModuleRoot();
        var sources = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => new Source(Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText(path)))
            .Where(source => source.Folder is not ("bin" or "obj"))
            .ToList();

        Assert.NotEmpty(sources);
        Assert.Empty(FloorRules.Violations(sources));
    }

    [Fact]
    public void Arrow_Downward_IsAllowed() => Assert.Empty(FloorRules.Violations(Module));

    [Theory]
    [InlineData("Http/Wrong.cs", "using Matrix.Realtime.Rooms;", "uses Rooms, which stands above Http")]
    [InlineData("Rooms/Wrong.cs", "using Matrix.Realtime.Typing;", "uses Typing, which stands above Rooms")]
    [InlineData("Rooms/Deep/Wrong.cs", "var x = Sync.SyncService.Y;", "uses Sync, which stands above Rooms")]
    [InlineData("Typing/Wrong.cs", "Matrix.Realtime.Sync.SyncService x;", "uses Sync, which stands above Typing")]
    [InlineData("Http/Wrong.cs", "using static Matrix.Realtime.Sync.SyncService;", "uses Sync, which stands above Http")]
    [InlineData("Accounts/Wrong.cs", "RoomRow row = new();", "reaches past a service to RoomRow")]
    [InlineData("Elsewhere/Wrong.cs", "", "Elsewhere stands on no floor")]
    public void Arrow_Wrong_IsFound(string path, string text, string violation)
    {
        var violations = FloorRules.Violations([.. Module, new Source(path, text)]);

        Assert.Contains(violation, Assert.Single(violations), StringComparison.Ordinal);
    }

    private static string ModuleRoot([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../src/Matrix.Realtime"));
}
