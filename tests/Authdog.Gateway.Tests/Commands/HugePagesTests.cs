using Authdog.Gateway.Commands.Hosting;

namespace Authdog.Gateway.Tests.Commands;

public sealed class HugePagesTests
{
    [Theory]
    [InlineData("[always] madvise never\n", false)]
    [InlineData("always [madvise] never\n", true)]
    [InlineData("always madvise [never]\n", true)]
    [InlineData("", false)]
    public void AreMissing_WhenTheKernelGivesThemOnlyToWhoAsks(string setting, bool missing) => HugePages.AreMissing(setting).ShouldBe(missing);
}
