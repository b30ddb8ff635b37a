using Matrix.Realtime.Server;
using Serilog;

if (HealthProbe.IsWanted(args))
{
    return await HealthProbe.RunAsync(args);
}

// Settings lie beside the program, so that it can be started from anywhere; data lies where it was started.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});

builder.Services.AddSerilog(
    logger => logger.ReadFromSettings(builder.Configuration),
    preserveStaticLogger: true);

builder.Services.AddMatrixSettings(builder.Configuration);
builder.Services.AddMatrixRealtime();
builder.Services.AddMatrixDatabase(builder.Configuration);

await using var app = builder.Build();
app.MapMatrixRealtime();
app.MapHealth();
app.AnnounceStart();
if (!await app.TryStartAsync())
{
    return 1;
}

await app.WaitForShutdownAsync();
return 0;
