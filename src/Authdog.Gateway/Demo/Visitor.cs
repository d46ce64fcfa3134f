namespace Authdog.Gateway.Demo;

/// <summary>Who the headers say is asking. An app that nobody changes any more can do no better: that it is true is the gateway's business.</summary>
internal sealed record Visitor(string? Name, string? Email, string? Tenant, IReadOnlyList<string> Roles)
{
    /// <summary>Whether somebody is named at all.</summary>
    public bool IsKnown => Email is not null;

    /// <summary>Reads the headers.</summary>
    public static Visitor Of(HttpRequest request)
    {
        var headers = request.Headers;
        return new Visitor(
            Text(headers["X-Authdog-Name"]),
            Text(headers["X-Authdog-Email"]),
            Text(headers["X-Authdog-Tenant"]),
            headers["X-Authdog-Roles"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
