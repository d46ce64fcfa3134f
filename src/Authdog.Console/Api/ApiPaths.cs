namespace Authdog.Console.Api;

/// <summary>Where the management API lives (SURFACE, "HTTP").</summary>
internal static class ApiPaths
{
    public const string Root = "/.authdog/api/v1";
    public const string Tenants = Root + "/tenants";
    public const string Tenant = Tenants + "/{tenant}";
    public const string Document = "/.authdog/api/openapi.json";
}
