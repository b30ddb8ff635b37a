using Matrix.Realtime;
using Matrix.Realtime.Sample;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddMatrixRealtime(builder.Configuration.GetSection(RealtimeOptions.SectionName).Bind);
builder.Services.AddMatrixSqlite(builder.Configuration.GetConnectionString("Matrix") ?? "Data Source=data/sample.db");
builder.Services.AddHostedService<TypingBot>();

var app = builder.Build();
app.MapGet("/", () => "An application that happens to be a Matrix homeserver too.");
app.MapMatrixRealtime();
await app.RunAsync();
