using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sso;

/// <summary>Leads a browser that has signed out here on to its identity provider, to sign out there too. Social providers are asked nothing: their names are no connection's.</summary>
internal sealed class ConnectionSignOut(Connections connections, IEnumerable<IConnectionProtocol> protocols, CurrentTenant tenant, PageRenderer pages, ILogger<ConnectionSignOut> logger)
{
    public async Task<IResult?> FindAsync(HttpContext context, Session session, CancellationToken cancellationToken)
    {
        if (session.Connection is not { } name
            || await connections.FindAsync(tenant.Id, name, cancellationToken) is not { } connection
            || protocols.FirstOrDefault(protocol => protocol.Kind == connection.Kind) is not { } protocol)
        {
            return null;
        }

        try
        {
            return await protocol.SignOutAsync(context, connection, session, cancellationToken) is { } address
                ? pages.Page<SigningOutPage>(context, StatusCodes.Status200OK, ("Name", connection.Name), ("Address", address))
                : null;
        }
        catch (ExternalFailureException failure)
        {
            // Signed out here all the same.
            SsoLog.Failed(logger, tenant.Id.Value, name, $"logout: {failure.Message}", context.TraceIdentifier);
            return null;
        }
    }
}
