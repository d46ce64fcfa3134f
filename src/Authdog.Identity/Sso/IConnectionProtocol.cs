using System.Collections.Immutable;
using Authdog.Identity.Login;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso;

/// <summary>What a connection of one kind does: ask its provider who somebody is, end the session there, and try itself.</summary>
internal interface IConnectionProtocol
{
    /// <summary>Connections that it serves.</summary>
    ConnectionKind Kind { get; }

    /// <summary>Whether a proof by the connection can count as two kinds, or as fresh as somebody asks.</summary>
    bool CanStepUp(ConnectionRecord connection);

    /// <summary>The page that leads to the provider.</summary>
    Task<IResult> StartAsync(HttpContext context, LoginStep current, ConnectionRecord connection);

    /// <summary>Where the browser goes to end the session at the provider too; null when it has no such address. The session here has ended already.</summary>
    Task<string?> SignOutAsync(HttpContext context, ConnectionRecord connection, Session session, CancellationToken cancellationToken);

    /// <summary>The page that leads to the provider for a sign-in that is only tried; null while the connection does not know it. The report is shown by the page of <paramref name="page"/>.</summary>
    /// <exception cref="ExternalFailureException">The provider cannot be asked.</exception>
    Task<IResult?> TryAsync(HttpContext context, ConnectionRecord connection, string name, string page);

    /// <summary>Tries what can be tried without a person, such as discovery and keys: one line for each step.</summary>
    Task<ImmutableArray<ConnectionCheck>> TestAsync(ConnectionRecord connection, CancellationToken cancellationToken);
}
