using Authdog.Identity.Admission;

namespace Authdog.Identity.Tests.Admission;

public sealed class TicketTests
{
    [Fact]
    public void IsReadBack() => Ticket.Parse(new Ticket(4711, "/.authdog/login?flow=x").Format()).ShouldBe(new Ticket(4711, "/.authdog/login?flow=x"));

    [Theory]
    [InlineData("")]
    [InlineData("4711")]
    [InlineData("4711\nhttps://evil.example/")]
    [InlineData("-1\n/")]
    [InlineData("4711\n/\n/")]
    public void IsNone_WhenItIsNotOfThisForm(string text) => Ticket.Parse(text).ShouldBeNull();
}
