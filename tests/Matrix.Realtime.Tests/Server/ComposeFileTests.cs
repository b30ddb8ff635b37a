using System.Text.RegularExpressions;

namespace Matrix.Realtime.Tests.Server;

/// <summary>What the compose file and the image set must exist, or it would be ignored in silence.</summary>
public sealed partial class ComposeFileTests
{
    [Fact]
    public void Environment_OfServer_NamesOptionsThatExist()
    {
        var variables = Variables().Matches(RepositoryFiles.Read("docker-compose.yml"))
            .Select(match => match.Groups["name"].Value).ToList();

        Assert.Contains("Matrix__ServerName", variables);
        Assert.All(
            variables,
            variable => Assert.True(KnownSettings.Contains(variable.Replace("__", ":")), $"{variable} sets nothing."));
    }

    [Fact]
    public void Environment_OfImage_NamesOptionsThatExist()
    {
        var dockerfile = RepositoryFiles.Read(Path.Combine("src", "Matrix.Realtime.Server", "Dockerfile"));

        var variables = ImageVariables().Matches(dockerfile).Select(match => match.Groups["name"].Value).ToList();

        Assert.Contains(KnownSettings.Urls, variables);
        Assert.All(
            variables,
            variable => Assert.True(KnownSettings.Contains(variable.Replace("__", ":")), $"{variable} sets nothing."));
    }

    [Theory]
    [InlineData("Matrix:ServerNam")]
    [InlineData("Matrix:Typing:EndsOnMessage")]
    [InlineData("Matrix:Typing")]
    [InlineData("ConnectionStrings:Other")]
    public void Contains_MisspeltSetting_IsFalse(string setting) => Assert.False(KnownSettings.Contains(setting));

    [GeneratedRegex(@"^\s+(?<name>(Matrix|ConnectionStrings)__\w+):", RegexOptions.Multiline)]
    private static partial Regex Variables();

    [GeneratedRegex(@"^ENV (?<name>\w+)=", RegexOptions.Multiline)]
    private static partial Regex ImageVariables();
}
