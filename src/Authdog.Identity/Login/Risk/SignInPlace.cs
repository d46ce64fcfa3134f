namespace Authdog.Identity.Login.Risk;

/// <summary>Where an address is, as far as a database knows.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; null when unknown.</param>
/// <param name="Latitude">In degrees; null when unknown.</param>
/// <param name="Longitude">In degrees; null when unknown.</param>
public sealed record SignInPlace(string? Country, double? Latitude, double? Longitude)
{
    private const double EarthRadius = 6371;

    /// <summary>Kilometres between two places, along the earth's surface; null when one is unknown.</summary>
    public double? DistanceTo(SignInPlace other)
    {
        if ((Latitude, Longitude, other.Latitude, other.Longitude) is not ({ } fromLatitude, { } fromLongitude, { } toLatitude, { } toLongitude))
        {
            return null;
        }

        // Haversine.
        var (north, east) = (Radians(toLatitude - fromLatitude) / 2, Radians(toLongitude - fromLongitude) / 2);
        var a = Math.Pow(Math.Sin(north), 2) + (Math.Cos(Radians(fromLatitude)) * Math.Cos(Radians(toLatitude)) * Math.Pow(Math.Sin(east), 2));
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(a)));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
