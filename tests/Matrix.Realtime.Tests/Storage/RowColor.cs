namespace Matrix.Realtime.Tests.Storage;

internal enum RowColor
{
    Red,
    Green,
}
