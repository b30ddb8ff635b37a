namespace Matrix.Realtime.ToDevice;

/// <summary>What makes a request the same as an earlier one of its device.</summary>
internal readonly record struct ToDeviceTransaction(string EventType, string TransactionId);
