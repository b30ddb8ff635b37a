using System.Reflection;
using Xunit.Sdk;

namespace Matrix.Realtime.Tests.Http;

/// <summary>Runs a theory over each <see cref="Transport"/>.</summary>
internal sealed class AllTransportsAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        Enum.GetValues<Transport>().Select(transport => new object[] { transport });
}
