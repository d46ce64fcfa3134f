using Authdog.Identity.Login.Risk;

namespace Authdog.Identity.Tests.Login;

public sealed class SignInPlaceTests
{
    [Theory]
    [InlineData(52.52, 13.40, -33.87, 151.21, 16_000, 16_200)]
    [InlineData(52.52, 13.40, 48.86, 2.35, 870, 890)]
    [InlineData(10, 179.9, 10, -179.9, 20, 25)]
    public void DistanceIsAlongTheSurface(double fromLatitude, double fromLongitude, double toLatitude, double toLongitude, double least, double most) =>
        new SignInPlace("AA", fromLatitude, fromLongitude).DistanceTo(new SignInPlace("BB", toLatitude, toLongitude))!.Value.ShouldBeInRange(least, most);

    [Fact]
    public void DistanceIsUnknown_WhenAPlaceIs() => new SignInPlace("AA", 1, 1).DistanceTo(new SignInPlace("BB", null, null)).ShouldBeNull();
}
