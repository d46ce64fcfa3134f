using System.Globalization;

namespace Authdog.Policies.Tests.Criteria;

public sealed class TimeCriterionTests
{
    [Theory]
    [InlineData("{ zone: Europe/Berlin, days: mon-fri, from: '09:00', to: '17:00' }", "2026-03-02T07:59:59Z", false)]
    [InlineData("{ zone: Europe/Berlin, days: mon-fri, from: '09:00', to: '17:00' }", "2026-03-02T08:00:00Z", true)]
    [InlineData("{ zone: Europe/Berlin, days: mon-fri, from: '09:00', to: '17:00' }", "2026-03-02T16:00:00Z", false)]
    [InlineData("{ zone: Europe/Berlin, days: mon-fri, from: '09:00', to: '17:00' }", "2026-07-06T07:00:00Z", true)]
    [InlineData("{ zone: Europe/Berlin, days: mon-fri, from: '09:00', to: '17:00' }", "2026-03-01T10:00:00Z", false)]
    [InlineData("{ zone: UTC, days: fri, from: '22:00', to: '06:00' }", "2026-03-06T23:00:00Z", true)]
    [InlineData("{ zone: UTC, days: fri, from: '22:00', to: '06:00' }", "2026-03-07T05:59:00Z", true)]
    [InlineData("{ zone: UTC, days: fri, from: '22:00', to: '06:00' }", "2026-03-06T05:00:00Z", false)]
    [InlineData("{ zone: UTC, days: [sat-mon] }", "2026-03-02T23:59:59Z", true)]
    [InlineData("{ zone: UTC, days: [sat-mon] }", "2026-03-03T00:00:00Z", false)]
    [InlineData("{ zone: UTC, from: '20:00', to: '24:00' }", "2026-03-03T23:59:59Z", true)]
    [InlineData("{ zone: Europe/Berlin, from: '02:15', to: '02:45' }", "2026-03-29T01:30:00Z", false)]
    [InlineData("{ zone: Europe/Berlin, from: '02:15', to: '02:45' }", "2026-10-25T00:30:00Z", true)]
    [InlineData("{ zone: Europe/Berlin, from: '02:15', to: '02:45' }", "2026-10-25T01:30:00Z", true)]
    public void GoesByTheClockOnTheWall(string window, string now, bool expected) =>
        Ask.Allows($"{{ time: {window} }}", Ask.Request() with { Now = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture) }).ShouldBe(expected);
}
