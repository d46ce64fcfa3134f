using Authdog.Identity.Identifiers;
using Shouldly;
using Xunit;

namespace Authdog.Identity.Tests.Identifiers;

public sealed class OrderedGuidsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, 250, TimeSpan.Zero);

    [Fact]
    public void AreInOrder_WithinOneMillisecondAndBeyondItsCounter()
    {
        OrderedGuids ids = new();
        var made = Enumerable.Range(0, 10_000).Select(_ => ids.Next(Now).ToString()).ToList();

        made.ShouldBe(made.Order(StringComparer.Ordinal));
        made.ShouldBeUnique();
    }

    [Fact]
    public void StayInOrder_WhenTheClockGoesBack()
    {
        OrderedGuids ids = new();
        var first = ids.Next(Now).ToString();
        var second = ids.Next(Now.AddHours(-1)).ToString();

        string.CompareOrdinal(first, second).ShouldBeLessThan(0);
        ids.Next(Now.AddSeconds(1)).ToString()[..13].ShouldBe(Guid.CreateVersion7(Now.AddSeconds(1)).ToString()[..13]);
    }

    [Fact]
    public void AreOfVersion7_WithTheRfcsVariant()
    {
        var id = new OrderedGuids().Next(Now);

        id.Version.ShouldBe(7);
        id.Variant.ShouldBeInRange(8, 11);
        id.ToString()[..13].ShouldBe(Guid.CreateVersion7(Now).ToString()[..13]);
    }
}
