using Matrix.Realtime.Errors;
using Matrix.Realtime.Hosting;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.LiveQueries;

namespace Matrix.Realtime.Sample;

/// <summary>Comes where it is invited, and answers before anybody has said anything: whenever somebody types.</summary>
internal sealed class TypingBot(ILiveQueries live, IUserActions users, ILogger<TypingBot> logger) : BackgroundService
{
    private const string Name = "bot";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var bot = await users.GetOrCreateAsync(Name, stoppingToken);
        var query = new LiveQuery { Kinds = LiveKinds.Typing | LiveKinds.Membership };
        var now = await live.GetPositionAsync(stoppingToken);
        await foreach (var change in live.WatchAsync(bot, query, now, stoppingToken))
        {
            try
            {
                await AnswerAsync(bot, change, stoppingToken);
            }
            catch (MatrixException refusal)
            {
                logger.LogInformation("Not answered: {Refusal}", refusal.Message);
            }
        }
    }

    private Task AnswerAsync(UserId bot, LiveChange change, CancellationToken cancellationToken) => change switch
    {
        LiveMembership { Membership: "invite" } invite when invite.Member == bot =>
            users.JoinAsync(bot, invite.RoomId, cancellationToken),
        LiveTyping { IsTyping: true } typing when typing.UserId != bot =>
            users.SendTextAsync(bot, typing.RoomId, $"I am listening, {typing.UserId}.", cancellationToken),
        _ => Task.CompletedTask,
    };
}
