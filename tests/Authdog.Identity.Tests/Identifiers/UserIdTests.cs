using Authdog.Identity.Identifiers;
using CsCheck;

namespace Authdog.Identity.Tests.Identifiers;

public sealed class UserIdTests
{
    [Fact]
    public void ReadsWhatItPrints() =>
        Gen.Guid.Sample(id => UserId.TryParse(new UserId(id).ToString(), out var read) && read.Value == id);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{0f8fad5b-d9cb-469f-a165-70867728950e}")]
    [InlineData("0f8fad5bd9cb469fa16570867728950e")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e ")]
    public void Refuses(string? text) => UserId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void OrdersByCreation()
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        UserId.New(now).ToString().ShouldBeLessThan(UserId.New(now.AddMilliseconds(1)).ToString(), StringComparer.Ordinal);
    }
}
