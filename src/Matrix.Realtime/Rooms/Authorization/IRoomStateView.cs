using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>The state of one room at one moment: what an event is authorised against.</summary>
internal interface IRoomStateView
{
    /// <summary>The state event that holds for a type and state key, or null.</summary>
    Pdu? Find(string type, string stateKey);
}
