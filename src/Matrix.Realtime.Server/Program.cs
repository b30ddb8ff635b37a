using Matrix.Realtime;
using Matrix.Realtime.Server;
using Serilog;
using Serilog.Events;

// Settings lie beside the program, so that it can be started from anywhere; data lies where it was started.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});

// The framework's request log prints the query, which may hold an access token; no setting can switch it on.
builder.Services.AddSerilog(
    logger => logger
        .ReadFrom.Configuration(builder.Configuration)
        .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LogEventLevel.Warning),
    preserveStaticLogger: true);

builder.Services.AddMatrixRealtime(builder.Configuration.GetSection(RealtimeOptions.SectionName).Bind);
builder.Services.AddMatrixDatabase(builder.Configuration);

var app = builder.Build();
app.MapMatrixRealtime();
app.AnnounceStart();
app.Run();
