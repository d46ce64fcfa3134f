using System.Globalization;
using Authdog.Gateway.Answers;
using Authdog.Gateway.Edge;
using Authdog.Identity.Tenants;
using Authdog.Policies.Decisions;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Access;

/// <summary>Sends a browser to sign in, says how, and where it wanted to go.</summary>
internal static class LoginRedirect
{
    // Longer ones would break on header limits of other proxies; the way back is then only as exact as it can be (B18).
    private const int MaxReturnLength = 2048;

    /// <param name="context">The request that was refused.</param>
    /// <param name="back">Where to return.</param>
    /// <param name="requirement">How the person must sign in.</param>
    public static void Write(HttpContext context, string back, AuthenticationRequirement? requirement)
    {
        SecurityHeaders.Set(context.Response.Headers);
        context.Response.StatusCode = StatusCodes.Status302Found;
        var location = Location(back, requirement);

        // The login page has no prefix that would name the tenant.
        context.Response.Headers[HeaderNames.Location] = context.Features.Get<TenantFeature>() is { Source: TenantSource.Path, Tenant: var tenant } ? $"{location}&tenant={tenant.Value}" : location;
    }

    /// <summary>Where to sign in, with the way back: a local address, since the session's cookie is of this host alone. What is required has the names of OpenID Connect's parameters where it has them.</summary>
    public static string Location(string back, AuthenticationRequirement? requirement = null)
    {
        var location = $"{AccessAnswers.Login}?return={Uri.EscapeDataString(back)}";
        if (requirement is null)
        {
            return location;
        }

        if (requirement.Acr is { } acr)
        {
            location += $"&acr={acr}";
        }

        if (!requirement.Amr.IsDefaultOrEmpty)
        {
            location += $"&amr={Uri.EscapeDataString(string.Join(' ', requirement.Amr))}";
        }

        else if (requirement.Passkey is { } passkey)
        {
            location += $"&amr={Methods(passkey)}";
        }

        if (!requirement.Connections.IsDefaultOrEmpty)
        {
            location += $"&connection={Uri.EscapeDataString(string.Join(' ', requirement.Connections))}";
        }

        // Whether the authenticator's model or the connection of now is the wrong one, a login cannot tell: the person signs in anew, and is not sent back and forth.
        if (requirement.Passkey is { Aaguids.IsDefaultOrEmpty: false } || !requirement.Connections.IsDefaultOrEmpty)
        {
            location += "&prompt=login";
        }

        return requirement.MaxAge is { } age ? string.Create(CultureInfo.InvariantCulture, $"{location}&max_age={(long)age.TotalSeconds}") : location;
    }

    /// <summary>The way back to a target.</summary>
    public static string Return(CanonicalRequest request)
    {
        var target = request.Target;
        if (target.Length <= MaxReturnLength)
        {
            return target;
        }

        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query is > 0 and <= MaxReturnLength ? target[..query] : "/";
    }

    // RFC 8176: a key that can leave its device is "swk".
    private static string Methods(PasskeyRequirement passkey) => passkey.Kind switch
    {
        PasskeyKind.DeviceBound => "hwk",
        PasskeyKind.Synced => "swk",
        _ => "hwk%20swk",
    };
}
