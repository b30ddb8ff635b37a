using Matrix.Realtime.PushRules.Evaluation;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.UnreadCounts;

/// <summary>An event that notifies its reader.</summary>
internal sealed record Notification(UnreadReader Reader, RoomEvent Event, PushOutcome Outcome);
