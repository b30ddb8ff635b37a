using System.Text.Json.Serialization;
using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>A server with one more endpoint, which asks for a password of its own and then for nothing.</summary>
internal sealed partial class GuardedEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GuardedEndpoint(WebApplication app)
    {
        _app = app;
        Client = new MatrixClient(app.GetTestClient());
    }

    public MatrixClient Client { get; }

    public static async Task<GuardedEndpoint> StartAsync(Database database)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddMatrixRealtime();
        builder.Services.AddTestDatabase(database);
        builder.Services.AddSingleton<IAuthenticationStage, SecretStage>();
        var app = builder.Build();
        app.MapMatrixRealtime();
        app.MapMatrixClientGroup("/guarded").MapPost("/{purpose}", AnswerAsync).WithOptionalAccessToken()
            .WithInteractiveAuthentication();
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<IResult> AnswerAsync(
        string purpose,
        HttpRequest http,
        UserInteractiveAuthentication authentication,
        CancellationToken cancellationToken)
    {
        var request = await http.ReadFromJsonAsync(TestJsonContext.Default.Request, cancellationToken);
        var operation = new InteractiveOperation<Request>(
            purpose, [new(["secret", DummyStage.Name])], TestJsonContext.Default.Request);
        var authenticated = await authentication.AuthenticateAsync(operation, request!, cancellationToken);
        return TypedResults.Json(authenticated.Request, TestJsonContext.Default.Request);
    }

    /// <summary>Fails at the first attempt of each session and succeeds afterwards.</summary>
    private sealed class SecretStage : IAuthenticationStage
    {
        private readonly HashSet<string> _seen = [];

        public string Type => "secret";

        public ValueTask<StageRefusal?> CheckAsync(
            AuthenticationData attempt, UserId? userId, CancellationToken cancellationToken) =>
            ValueTask.FromResult(_seen.Add(attempt.Session!) ? new StageRefusal("M_FORBIDDEN", "Try again.") : null);
    }

    internal sealed record Request : IInteractiveRequest<Request>
    {
        [JsonPropertyName("auth")]
        public AuthenticationData? Auth { get; init; }

        [JsonPropertyName("order")]
        public string? Order { get; init; }

        public Request WithoutAuth() => this with { Auth = null };
    }

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Request))]
    private sealed partial class TestJsonContext : JsonSerializerContext;
}
